#!/bin/sh
# Seconds that the export of DJL's ResNet-50 takes, beside writing as many bytes and one forward pass.
#
#     sh benchmarks/export/speed.sh [ROUNDS]
#
# Run from the repository's root; writes to export/target. ROUNDS is 9 if not said; three more come first, to warm up.
set -eu
cd "$(dirname "$0")/../.."
classpath=$(sh benchmarks/export/classpath.sh)
javac -cp "$classpath" -d export/target/benchmarks benchmarks/export/ExportSpeed.java
exec java -Xmx1g -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "export/target/benchmarks:$classpath" \
  dev.jzoo.export.ExportSpeed export/target "${1:-9}"
