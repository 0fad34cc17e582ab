#!/bin/sh
# Compiles the exporter and its tests, and prints the class path with both and with all that they need.
set -eu
cd "$(dirname "$0")/../.."
mvn -q -B test-compile dependency:build-classpath -pl export -Dmdep.includeScope=test \
  -Dmdep.outputFile="$PWD/export/target/classpath.txt" >&2
printf 'export/target/classes:export/target/test-classes:%s\n' "$(cat export/target/classpath.txt)"
