#!/bin/sh
# Microseconds of a prediction: a loop over ONNX Runtime written by hand, OnnxModel, DJL, and the usual code, by turns.
#
#     sh benchmarks/inference/speed.sh [ROUNDS] [THREADS] [MODEL ...]
#
# Run from the repository's root; writes to inference/target. ROUNDS is 5 if not said, THREADS of ONNX Runtime 1. A round
# takes half a minute a model.
set -eu
cd "$(dirname "$0")/../.."
classpath=$(sh benchmarks/inference/classpath.sh)
rounds=${1:-5}
threads=${2:-1}
[ $# -lt 2 ] || shift
[ $# -lt 1 ] || shift
exec java -cp "$classpath" dev.jzoo.benchmarks.PredictionSpeed "$rounds" "$threads" "$@"
