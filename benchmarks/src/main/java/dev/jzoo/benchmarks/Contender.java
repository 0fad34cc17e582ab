package dev.jzoo.benchmarks;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** An open model in one library. It takes an array of pixels or floats and returns an array of scores. */
interface Contender extends AutoCloseable {

    /** Predicts scores, [batch, classes]. The next call may reuse the array. */
    float[] scores() throws Exception;

    @Override
    void close() throws OrtException;

    /** Opens a session of ONNX Runtime. */
    static OrtSession session(ContenderInputs inputs, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return environment().createSession(inputs.file().toString(), options);
        }
    }

    /** Returns the process's environment of ONNX Runtime. */
    static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }
}
