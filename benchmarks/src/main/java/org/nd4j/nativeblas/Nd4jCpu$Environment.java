package org.nd4j.nativeblas;

import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/**
 * A replacement for a moved class. DL4J 1.0.0-M2.1 asks a class of this name whether to use oneDNN, and without it never
 * does.
 */
public final class Nd4jCpu$Environment {

    private Nd4jCpu$Environment() {}

    public static Nd4jCpu$Environment getInstance() {
        return new Nd4jCpu$Environment();
    }

    public boolean isUseMKLDNN() {
        return Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
}
