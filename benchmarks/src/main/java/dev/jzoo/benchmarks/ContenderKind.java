package dev.jzoo.benchmarks;

/** The libraries, and the ways to call them. The others are compared with the first. */
enum ContenderKind {
    HAND_WRITTEN("ONNX Runtime, everything kept", KeptTensorsContender::new),
    ONNX_MODEL("OnnxModel", OnnxModelContender::new),
    DJL("DJL's OnnxRuntime engine", DjlContender::new),
    USUAL("ONNX Runtime, the usual code", NestedArraysContender::new);

    final String title;
    private final Opening opening;

    ContenderKind(String title, Opening opening) {
        this.title = title;
        this.opening = opening;
    }

    private interface Opening {
        Contender open(ContenderInputs inputs, int threads) throws Exception;
    }

    /**
     * Opens the model of the inputs.
     *
     * @param threads of ONNX Runtime
     */
    Contender open(ContenderInputs inputs, int threads) throws Exception {
        return opening.open(inputs, threads);
    }
}
