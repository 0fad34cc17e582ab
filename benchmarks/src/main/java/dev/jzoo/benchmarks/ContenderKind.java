package dev.jzoo.benchmarks;

/** The libraries and ways to call them. The first is the reference for the others. */
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
     * @param threads number of threads of ONNX Runtime
     */
    Contender open(ContenderInputs inputs, int threads) throws Exception {
        return opening.open(inputs, threads);
    }
}
