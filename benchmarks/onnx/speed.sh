#!/bin/sh
# Seconds that a step of training takes: a network of DJL's blocks, and its export read back as an OnnxBlock, by turns.
#
#     sh benchmarks/onnx/speed.sh [ROUNDS] [THREADS]
#
# Run from the repository's root; writes to training/target. ROUNDS is 41 if not said, THREADS 1; three rounds come first, to
# warm up.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B test-compile dependency:build-classpath -pl training -Dmdep.includeScope=test \
  -Dmdep.outputFile="$PWD/training/target/classpath.txt" >&2
classpath="training/target/classes:$(cat training/target/classpath.txt)"
javac -cp "$classpath" -d training/target/benchmarks benchmarks/onnx/BlockSpeed.java
exec java -Xmx2g -Dorg.slf4j.simpleLogger.defaultLogLevel=error -Dai.djl.pytorch.num_threads="${2:-1}" \
  -cp "training/target/benchmarks:$classpath" BlockSpeed "${1:-41}"
