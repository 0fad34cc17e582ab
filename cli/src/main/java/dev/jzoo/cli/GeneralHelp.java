package dev.jzoo.cli;

/** The end of the help of {@code jzoo} alone; its subcommands inherit nothing of it. */
final class GeneralHelp {

    static final String[] FOOTER = {
        "  jzoo quickstart",
        "  jzoo list",
        "  jzoo run mnist-logistic docs/pictures/seven.png",
        "  jzoo train airline-lstm",
        "",
        "Environment:",
        "  JZOO_HOME       the cache; if not set, $XDG_CACHE_HOME/jzoo or ~/.cache/jzoo",
        "  JZOO_MIRROR     folders or URLs to try first, separated by commas",
        "  JZOO_OFFLINE    1: use no network, as --offline",
        "  JZOO_ONNX_HUB   folders or URLs with a manifest of the ONNX Hub, for onnx:NAME",
        "  JZOO_MAVEN      Maven repositories, for mvn:GROUP:ARTIFACT:VERSION; if not set, the local one",
        "  HF_TOKEN        opens what is private or gated at Hugging Face, for hf:OWNER/NAME",
        "  JZOO_JAVA_OPTS  options for Java: -Xmx8g",
        "  JZOO_DEBUG      1: print where in the program a failure came from",
        "  NO_COLOR        1: no colours",
        "",
        "Exit codes:",
        "  0 done             4 integrity or verification failed",
        "  1 failure          5 network, or needed while offline",
        "  2 usage            6 device unavailable",
        "  3 not found        7 bad data or model",
        "  8 metric below the asked minimum",
        "  130 interrupted    141 the reader of the output closed it"
    };

    private GeneralHelp() {}
}
