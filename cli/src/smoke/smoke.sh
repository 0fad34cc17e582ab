#!/bin/sh
# Tries a distribution as a new user has it: smoke.sh ARCHIVE.tar.gz [JAVA_HOME]
#
# It unpacks the archive in an empty folder and runs it with an empty home, no program but Java on the PATH, and no network. It prints a
# line for each check and ends with "smoke: passed", or stops at the first check that fails.
#
# This script was run on Linux (x86-64) only. On macOS it was NOT run: there it goes without 'unshare', so that the network is kept out by
# JZOO_OFFLINE and an unreachable proxy, and everything else is meant to be the same.
set -eu

archive=$1
java_home=${2:-${JAVA_HOME:-}}
[ -n "$java_home" ] || { echo "smoke: Name the JDK: smoke.sh ARCHIVE.tar.gz JAVA_HOME" >&2; exit 2; }
case $archive in
  /*) ;;
  *) archive=$PWD/$archive ;;
esac

place=$(mktemp -d)
place=$(cd "$place" && pwd -P)
trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT
mkdir "$place/home" "$place/tmp" "$place/work" "$place/öffentliche Programme"

# Without a network, if this user may have a namespace of its own.
alone=
if unshare -rn true 2>/dev/null; then
  alone="unshare -rn"
fi
unreachable="-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=9 -Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=9"

# jzoo WORD...: runs $command in $place/work. Java asks the system for the home, not HOME.
jzoo() {
  # shellcheck disable=SC2086 # several words
  (cd "$place/work" && exec $alone env -i "PATH=$java_home/bin" "HOME=$place/home" JZOO_OFFLINE=1 \
    "JZOO_JAVA_OPTS=$unreachable -Duser.home=$place/home -Djava.io.tmpdir=$place/tmp" "$command" "$@")
}

# check NAME WORD...: runs jzoo, and stops with its output if it fails.
check() {
  name=$1
  shift
  begin=$(date +%s)
  if ! jzoo "$@" >"$place/out" 2>"$place/err"; then
    cat "$place/out" "$place/err"
    echo "smoke: FAILED: $name"
    exit 1
  fi
  echo "ok  $name ($(($(date +%s) - begin)) s)"
}

says() {
  grep -q -- "$1" "$place/out" || { cat "$place/out" "$place/err"; echo "smoke: FAILED: the output lacks '$1'"; exit 1; }
}

tar -xzf "$archive" -C "$place/öffentliche Programme"
for root in "$place/öffentliche Programme"/*; do :; done
command=$root/bin/jzoo
check "--version in a folder whose name has a space and an umlaut" --version
says '^jzoo '
check "--help" --help
check doctor doctor
check list list
check "verify --all" verify --all
check quickstart quickstart
says '^Done in '

# run again on the run that the quickstart left
check "export of a run" export runs/quickstart --out exported.onnx
check "run of an exported file" run exported.onnx
check "finetune" finetune --base mnist-lenet --data "$root/docs/pictures/shapes" --name shapes
check "run of a fine-tuned model" run shapes "$root/docs/pictures/shapes/ring/3.png"
says ring
check "train with DL4J" train airline-lstm --engine dl4j --epochs 2

ln -s "$root/bin/jzoo" "$place/link"
ln -s link "$place/jzoo"
(cd "$place/work" && HOME=$place/home JAVA_HOME=$java_home "$place/jzoo" run mnist-logistic "$root/docs/pictures/seven.png" --top 1) |
  grep -q ' 7 ' || { echo "smoke: FAILED: through a link"; exit 1; }
echo "ok  through a link to a link"

# Read-only, with a home that cannot be written. Root may write everywhere, so that root becomes somebody else.
rm -f "$root"/lib/*.jsa*
chmod -R a+rX,a-w "$root"
chmod 0755 "$place" "$place/öffentliche Programme"
chmod 0555 "$place/home"
chmod 1777 "$place/tmp" "$place/work"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  alone="$alone setpriv --reuid=65534 --regid=65534 --clear-groups --"
  case $alone in
    *unshare*) alone="unshare -n ${alone#unshare -rn}" ;;
  esac
fi
if [ "$(id -u)" != 0 ] || command -v setpriv >/dev/null; then
  check "run, read-only and without a home" run mnist-logistic "$root/docs/pictures/seven.png"
  check "verify --all, read-only and without a home" verify --all
  check "quickstart, read-only and without a home" quickstart --out runs-of-a-reader --epochs 2
  says '^Done in '
else
  echo "--  read-only and without a home: not tried, since root has no setpriv to become somebody else"
fi
echo "smoke: passed"
