#!/bin/sh
# Compiles the benchmarks and what they measure, and prints their class path.
set -eu
cd "$(dirname "$0")/.."
mvn -q -B process-classes -pl :jzoo-benchmarks >&2
printf '%s/benchmarks/target/classes:%s\n' "$PWD" "$(cat benchmarks/target/classpath.txt)"
