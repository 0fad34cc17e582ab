#!/bin/sh
# Gives damaged files to their readers: manifest, card, onnx, block (an ONNX file that is to be trained), dl4j (a zip of DL4J: its JSON,
# its values, and the whole), idx, csv and picture.
#
#     sh benchmarks/fuzz.sh [SECONDS] [KIND] [FIRST]
#
# SECONDS is 600 by default. KIND is one of those, or all, the default. FIRST is the number of the first damage, by default taken from the clock. Exits with 1, and prints a line
# for each fault, if a reader did anything other than read the file or say what is wrong with it.
set -eu
cd "$(dirname "$0")/.."
classpath=$(sh benchmarks/classpath.sh)
exec java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$classpath" dev.jzoo.benchmarks.Fuzzer "$@"
