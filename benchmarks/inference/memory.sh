#!/bin/sh
# Resident memory of a process over a million predictions on eight threads, and over 200 models opened and closed.
#
#     sh benchmarks/inference/memory.sh [PREDICTIONS] [CYCLES] [MODEL]
#
# Run from the repository's root; writes to inference/target. MODEL takes pixels; mnist-logistic if not said.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B test-compile dependency:build-classpath -pl inference -Dmdep.includeScope=test \
  -Dmdep.outputFile="$PWD/inference/target/classpath.txt" >&2
classpath="inference/target/classes:inference/target/test-classes:zoo/target/classes:$(cat inference/target/classpath.txt)"
set -- "${1:-1000000}" "${2:-200}" zoo/models/"${3:-mnist-logistic}"/*/model.onnx
exec java -Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:+UseSerialGC -cp "$classpath" dev.jzoo.inference.Endurance "$3" 8 "$1" "$2"
