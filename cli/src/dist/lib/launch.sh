# shellcheck shell=sh
# The functions of both launchers: bin/jzoo of a distribution, and jzoo of a checkout, which builds first. Both read it with '.'.
# POSIX sh, for Linux and macOS. Reads the variables JAVA_HOME and JZOO_JAVA_OPTS. The only program that it requires is Java. It calls
# readlink for a link, tput for a terminal, and mv and rm to keep classes for later starts.

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $1"; shift; for line in "$@"; do say "$line"; done; exit 1; }

# Sets java, version and major. Fails unless there is Java 17 or later.
find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java." "Set it to the folder of a JDK, 17 or later, or unset it."
  else
    java=$(command -v java) || fail "java was not found on the PATH." "Install Java 17 or later (https://adoptium.net), or set JAVA_HOME."
  fi
  while [ -L "$java" ] && link=$(readlink "$java" 2>/dev/null); do
    case $link in
      /*) java=$link ;;
      *) java=${java%/*}/$link ;;
    esac
  done

  # The file 'release' next to bin/ has the version. Reading it is faster than starting java.
  version=
  release=${java%/bin/java}/release
  if [ -r "$release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then
        version=${value#\"}
        version=${version%\"*}
      fi
    done <"$release"
  fi
  if [ -z "$version" ]; then
    version=$("$java" -version 2>&1)
    case $version in
      *' version "'*)
        version=${version#*' version "'}
        version=${version%%\"*}
        ;;
      *) version= ;;
    esac
  fi
  major=${version%%[!0-9]*}
  [ "${major:-0}" -ge 17 ] || fail "JZoo needs Java 17 or later, but $java is version ${version:-unknown}." \
    "Install Java 17 or later (https://adoptium.net), or set JAVA_HOME to it."
}

# launch WORD...: replaces this shell by Java with the user's arguments. Reads root, the folder with zoo/models; jar; build, the folder
# for the archive of classes; and the variables that find_java sets.
launch() {
  terminals=
  columns=80
  [ -t 1 ] && terminals=out
  terminals=$terminals,
  if [ -t 2 ]; then
    terminals=${terminals}err
    columns=$(tput cols 2>/dev/null) || columns=80
  fi

  # ND4J and protobuf call sun.misc.Unsafe, and Java 24 and later warn about it.
  unsafe=
  [ "$major" -lt 24 ] || unsafe=--sun-misc-unsafe-memory-access=allow

  # Training and labs need Java's optimising compiler (C2) and its default collector. Other commands finish before these pay off, so they use the
  # serial collector and start C2 late. They do not switch C2 off: only C2 uses the processor's SHA-256 instructions, which large files need.
  case ${1:-} in
    train | lab | quickstart) brisk= ;;
    *)
      brisk="-XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=100000 -XX:Tier4CompileThreshold=200000
        -XX:Tier4BackEdgeThreshold=2000000 -XX:+UseSerialGC"
      ;;
  esac

  # PyTorch allocates and frees hundreds of megabytes in each step. By default glibc returns them to the kernel, which zeroes each page
  # again. Keeping them saves most of the kernel's time in training (benchmarks/README.md). Threads other than the first keep them only if
  # there is a single arena. Other C libraries ignore these variables.
  case ${1:-} in
    train | finetune)
      export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-4294967296}"
      export MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-17179869184}"
      export MALLOC_TOP_PAD_="${MALLOC_TOP_PAD_:-268435456}"
      export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-1}"
      ;;
  esac

  # In the locale C, Java cannot represent file names beyond ASCII, so it cannot open such files.
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
  esac

  # The archive of loaded classes (CDS), written once for each version of Java and place of the jars, if the folder is writable. It is a
  # static archive, since Java 17 accepts picocli's old class files in static archives only.
  archive=$build/jzoo-$version.jsa
  place=
  [ ! -r "$archive.place" ] || IFS= read -r place <"$archive.place"
  if [ "$place" != "$build" ] && [ -w "$build" ] && command -v mv >/dev/null && command -v rm >/dev/null; then
    [ ! -t 2 ] || say "Preparing faster starts, once for Java $version ..."
    written=$archive.$$
    rm -f "$archive"
    if (start "-XX:DumpLoadedClassList=$written.classes" warm-up) </dev/null >/dev/null 2>&1 &&
      "$java" -Xshare:dump "-XX:SharedClassListFile=$written.classes" "-XX:SharedArchiveFile=$written" -jar "$jar" \
        >/dev/null 2>&1 && [ -f "$written" ]; then
      mv -f "$written" "$archive"
    fi
    printf '%s\n' "$build" >"$archive.place" # a failure is not tried again
    rm -f "$written" "$written.classes"
  fi
  if [ -f "$archive" ]; then
    start "-XX:SharedArchiveFile=$archive" "$@"
  fi
  start -Xshare:auto "$@"
}

# start OPTION WORD...: replaces this shell by Java with that option. Java's log is off, so that it ignores an unusable archive silently.
start() {
  option=$1
  shift
  # shellcheck disable=SC2086 # several options may be in these two
  exec "$java" "$option" -Xlog:disable -Xlog:all=error:stderr ${unsafe:+"$unsafe"} $brisk ${JZOO_JAVA_OPTS:-} \
    "-Djzoo.checkout=$root" "-Djzoo.build=$build" "-Djzoo.terminals=$terminals" "-Djzoo.columns=$columns" -jar "$jar" "$@"
}
