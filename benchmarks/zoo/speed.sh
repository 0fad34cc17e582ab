#!/bin/sh
# Downloads 500 MB from the loopback address by turns with curl, with the zoo's code in a JVM that is warm, and with `jzoo pull`, digest included.
#
#     sh benchmarks/zoo/speed.sh [ROUNDS]
#
# Run from the repository's root; needs curl and 2 GB below zoo/target. ROUNDS is 5 if not said; one comes first, to warm up. The warm JVM has
# the setting of the JDK's HTTP client that the command jzoo gives itself.
set -eu
cd "$(dirname "$0")/../.."
./jzoo --version >&2
mvn -q -B test-compile dependency:build-classpath -pl zoo -Dmdep.includeScope=test \
  -Dmdep.outputFile="$PWD/zoo/target/classpath.txt" >&2
classpath="zoo/target/classes:$(cat zoo/target/classpath.txt)"
javac -cp "$classpath" -d zoo/target/benchmarks benchmarks/zoo/DownloadSpeed.java
mkdir -p zoo/target/download
exec java -Xmx1g -Djdk.httpclient.bufsize=262144 -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
  -cp "zoo/target/benchmarks:$classpath" DownloadSpeed compare zoo/target/download "${1:-5}"
