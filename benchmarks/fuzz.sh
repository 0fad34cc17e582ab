#!/bin/sh
# Gives damaged manifests, cards, ONNX files, IDX files, CSV files and pictures to their readers, for so many seconds.
#
#     sh benchmarks/fuzz.sh [SECONDS] [FIRST]
#
# Run from the repository's root; writes to cli/target. SECONDS is 600 if not said; FIRST is the number of the first damage, by the clock
# if not said. Exits with 1, and a line for each, where a reader answered otherwise than by reading or by saying what is wrong.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B test-compile dependency:build-classpath -pl cli -Dmdep.includeScope=test \
  -Dmdep.outputFile="$PWD/cli/target/classpath.txt" >&2
cd cli
exec java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -cp "target/test-classes:target/classes:$(cat target/classpath.txt)" dev.jzoo.cli.Fuzzer "${1:-600}" ${2:+"$2"}
