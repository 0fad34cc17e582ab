package dev.jzoo.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * ONNX Runtime as it is usually called, with nested arrays as input and output. Pixels, which cannot be nested, are a
 * wrapped array.
 */
final class NestedArraysContender implements Contender {

    private final ContenderInputs inputs;
    private final OrtSession session;

    NestedArraysContender(ContenderInputs inputs, int threads) throws OrtException {
        this.inputs = inputs;
        this.session = Contender.session(inputs, threads);
    }

    @Override
    public float[] scores() throws OrtException {
        try (OnnxTensor tensor = tensor();
                OrtSession.Result result = session.run(Map.of(inputs.input(), tensor))) {
            float[][] rows = (float[][]) result.get(0).getValue();
            float[] flat = new float[inputs.scores()];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(rows[i], 0, flat, i * inputs.classes(), inputs.classes());
            }
            return flat;
        }
    }

    private OnnxTensor tensor() throws OrtException {
        return inputs.isPicture()
                ? OnnxTensor.createTensor(
                        Contender.environment(), ByteBuffer.wrap(inputs.pixels()), inputs.shape(), OnnxJavaType.UINT8)
                : OnnxTensor.createTensor(Contender.environment(), inputs.nested());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
