package dev.jzoo.export.djl.primitives;

import java.util.Map;

/** The primitives that are refused with a specific reason. Primitives that are in no table are refused too. */
final class RefusedPrimitives {

    private static final String COUNTS = "the size of its result depends on values, not on shapes; use NDArrays.where";
    private static final String CHANCE =
            "it draws random numbers, which a file cannot repeat; draw in your own code and pass the"
                    + " numbers as an input";
    private static final String SPECTRAL = "ONNX has no complex tensors";

    private RefusedPrimitives() {}

    static void addTo(Map<String, Primitives.Emitter> table) {
        for (String primitive : new String[] {
            "randomInteger",
            "randomPermutation",
            "randomUniform",
            "randomNormal",
            "truncatedNormal",
            "randomMultinomial",
            "sampleNormal",
            "samplePoisson",
            "sampleGamma"
        }) {
            refuse(table, primitive, CHANCE);
        }
        for (String primitive : new String[] {"booleanMask", "nonzero", "unique"}) {
            refuse(table, primitive, COUNTS);
        }
        for (String primitive :
                new String[] {"fft", "ifft", "rfft", "irfft", "fft2", "ifft2", "stft", "complex", "real", "conj"}) {
            refuse(table, primitive, SPECTRAL);
        }
        refuse(table, "erfinv", "ONNX has no inverse of the error function");
        refuse(table, "gammaln", "ONNX has no logarithm of the gamma function");
        refuse(table, "inverse", "ONNX has no inverse of a matrix");
        for (String primitive : new String[] {"percentile", "median"}) {
            refuse(table, primitive, "ONNX has no percentiles; sort the values and take the value at its position");
        }
        refuse(
                table,
                "multiBoxDetection",
                "the size of its result depends on values; export the network without it and detect in"
                        + " your own code");
    }

    private static void refuse(Map<String, Primitives.Emitter> table, String primitive, String reason) {
        table.put(primitive, call -> {
            throw new StepContext.UnsupportedStepException(reason);
        });
    }
}
