#!/bin/sh
# Compiles the module inference and the benchmarks of this folder, and prints the class path with all that they need.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B compile -pl inference >&2
mvn -q -B -f benchmarks/inference/pom.xml dependency:build-classpath \
  -Dmdep.outputFile="$PWD/inference/target/benchmarks.txt" >&2
needed=$(cat inference/target/benchmarks.txt)
classpath="inference/target/benchmarks:inference/target/classes:zoo/target/classes:$needed"
rm -rf inference/target/benchmarks
mkdir -p inference/target/benchmarks
javac -cp "$classpath" -processorpath "$needed" -d inference/target/benchmarks benchmarks/inference/*.java
printf '%s\n' "$classpath"
