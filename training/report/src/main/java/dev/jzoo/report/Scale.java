package dev.jzoo.report;

/** The spacing of the values on an axis. */
public enum Scale {
    /** Equal differences are equally far apart. */
    LINEAR,
    /** Equal ratios are equally far apart; every value must be above zero. */
    LOG
}
