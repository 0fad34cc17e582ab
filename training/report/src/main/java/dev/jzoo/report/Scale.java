package dev.jzoo.report;

/** How an axis spaces its values. */
public enum Scale {
    /** Equal differences are equally far apart. */
    LINEAR,
    /** Equal ratios are equally far apart; every value has to be above zero. */
    LOG
}
