package dev.jzoo.labs.regularisation;

import dev.jzoo.datasets.LabelledSignals;
import dev.jzoo.scratch.Array;

/** Signals as inputs of a network from scratch. */
public final class SignalArrays {

    private SignalArrays() {}

    /** Returns the values of all signals, [signals, length]. */
    public static Array of(LabelledSignals signals) {
        double[][] rows = new double[signals.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = signals.signal(i);
        }
        return Array.rows(rows);
    }
}
