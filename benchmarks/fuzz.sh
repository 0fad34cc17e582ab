#!/bin/sh
# Gives damaged manifests, cards, ONNX files, IDX files, CSV files and pictures to their readers.
#
#     sh benchmarks/fuzz.sh [SECONDS] [FIRST]
#
# SECONDS is 600 by default. FIRST is the number of the first damage, by default taken from the clock. Exits with 1, and prints a line
# for each fault, if a reader did anything other than read the file or say what is wrong with it.
set -eu
cd "$(dirname "$0")/.."
classpath=$(sh benchmarks/classpath.sh)
exec java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" dev.jzoo.benchmarks.Fuzzer "$@"
