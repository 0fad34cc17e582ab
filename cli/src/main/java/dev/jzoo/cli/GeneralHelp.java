package dev.jzoo.cli;

/** The end of the help of {@code jzoo}. Its subcommands do not inherit it. */
final class GeneralHelp {

    static final String[] FOOTER = {
        "  jzoo quickstart",
        "  jzoo list",
        "  jzoo run mnist-logistic docs/pictures/seven.png",
        "  jzoo train airline-lstm",
        "",
        "Environment:",
        "  JZOO_HOME       the cache (default: $XDG_CACHE_HOME/jzoo or ~/.cache/jzoo)",
        "  JZOO_MIRROR     folders or URLs to try first, separated by commas",
        "  JZOO_OFFLINE    1: do not use the network, like --offline",
        "  JZOO_ONNX_HUB   folders or URLs with a manifest of the ONNX Hub, for onnx:NAME",
        "  JZOO_MAVEN      Maven repositories for mvn:GROUP:ARTIFACT:VERSION",
        "                  (default: the local repository)",
        "  HF_TOKEN        token for private and gated models of Hugging Face",
        "  JZOO_JAVA_OPTS  options for Java, such as -Xmx8g",
        "  JZOO_DEBUG      1: print the stack trace of a failure",
        "  NO_COLOR        1: no colours",
        "",
        "Exit codes:",
        "  0 success          4 integrity or verification failed",
        "  1 failure          5 network failure, or network needed while offline",
        "  2 usage error      6 device unavailable",
        "  3 not found        7 invalid data or model",
        "  8 metric below the minimum you set",
        "  130 interrupted    141 standard output was closed"
    };

    private GeneralHelp() {}
}
