package dev.jzoo.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime with an input and an output in direct buffers, created once and used in each call: the minimum of work. */
final class KeptTensorsContender implements Contender {

    private final ContenderInputs given;
    private final OrtSession session;
    private final ByteBuffer in;
    private final FloatBuffer floatsIn;
    private final FloatBuffer out;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;
    private final float[] scores;

    KeptTensorsContender(ContenderInputs given, int threads) throws OrtException {
        this.given = given;
        this.session = Contender.session(given, threads);
        int width = given.isPicture() ? Byte.BYTES : Float.BYTES;
        this.in = ByteBuffer.allocateDirect(width * given.values().length).order(ByteOrder.nativeOrder());
        this.floatsIn = in.asFloatBuffer();
        this.scores = new float[given.scores()];
        this.out = ByteBuffer.allocateDirect(Float.BYTES * scores.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        OnnxJavaType type = given.isPicture() ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
        this.inputs = Map.of(given.input(), OnnxTensor.createTensor(Contender.environment(), in, given.shape(), type));
        this.outputs = Map.of(
                given.output(),
                OnnxTensor.createTensor(Contender.environment(), out, new long[] {given.batch(), given.classes()}));
    }

    @Override
    public float[] scores() throws OrtException {
        if (given.isPicture()) {
            in.put(0, given.pixels());
        } else {
            floatsIn.put(0, given.values());
        }
        session.run(inputs, Set.of(), outputs).close();
        out.get(0, scores);
        return scores;
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
