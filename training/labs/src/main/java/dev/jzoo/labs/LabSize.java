package dev.jzoo.labs;

/** The amount of work that a lab does. */
public enum LabSize {
    /** The smallest size that still shows the effect: less than a second, without network access. */
    SMALLEST,
    /** A quick look: about three seconds. */
    QUICK,
    /** The whole experiment: at most a minute on two cores. */
    FULL
}
