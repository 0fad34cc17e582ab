#!/bin/sh
# Runs one benchmark in a JVM of its own. Compiles it first.
#
#     sh benchmarks/run.sh predictions [ROUNDS] [THREADS] [MODEL ...]
#     sh benchmarks/run.sh memory [PREDICTIONS] [CYCLES] [MODEL]
#     sh benchmarks/run.sh exports [ROUNDS]
#     sh benchmarks/run.sh blocks [ROUNDS] [THREADS]
#     sh benchmarks/run.sh downloads [ROUNDS]
#
# README.md says what each measures. Everything is written below benchmarks/target.
set -eu
cd "$(dirname "$0")/.."
name=${1:-}
[ $# -eq 0 ] || shift
quiet=-Dorg.slf4j.simpleLogger.defaultLogLevel=error
case $name in
  predictions) set -- $quiet dev.jzoo.benchmarks.PredictionSpeed "$@" ;;
  memory) set -- -Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:+UseSerialGC dev.jzoo.benchmarks.PredictionMemory "$@" ;;
  exports) set -- -Xmx1g $quiet dev.jzoo.benchmarks.ExportSpeed "$@" ;;
  blocks) set -- -Xmx2g $quiet dev.jzoo.benchmarks.BlockSpeed "$@" ;;
  downloads)
    ./jzoo --version >&2
    # The setting of the JDK's HTTP client that the command jzoo gives itself.
    set -- -Xmx1g -Djdk.httpclient.bufsize=262144 $quiet dev.jzoo.benchmarks.DownloadSpeed "$@"
    ;;
  *)
    echo "Usage: sh benchmarks/run.sh predictions|memory|exports|blocks|downloads [ARGUMENT ...]" >&2
    exit 2
    ;;
esac
classpath=$(sh benchmarks/classpath.sh)
exec java -cp "$classpath" "$@"
