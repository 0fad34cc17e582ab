package dev.jzoo.benchmarks;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** A way from an array of pixels or of floats to an array of scores. */
interface Way extends AutoCloseable {

    /** Scores, [batch, classes], of what the given says. The array may be used again by the next call. */
    float[] scores() throws Exception;

    /** The ways there are, the first of which the others are compared with. */
    enum Kind {
        HAND_WRITTEN("ONNX Runtime, everything kept"),
        ONNX_MODEL("OnnxModel"),
        DJL("DJL's OnnxRuntime engine"),
        USUAL("ONNX Runtime, the usual code");

        final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    static Way of(Kind kind, Given given, int threads) throws Exception {
        return switch (kind) {
            case HAND_WRITTEN -> new HandWritten(given, threads);
            case ONNX_MODEL -> new OfOnnxModel(given, threads);
            case DJL -> new OfDjl(given, threads);
            case USUAL -> new Usual(given, threads);
        };
    }

    private static OrtSession session(Given given, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return environment().createSession(given.file().toString(), options);
        }
    }

    private static OrtEnvironment environment() {
        return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    }

    /** Input and output are made once, over direct buffers, and used again in each call: nothing can be left out. */
    final class HandWritten implements Way {
        private final Given given;
        private final OrtSession session;
        private final ByteBuffer in;
        private final FloatBuffer floatsIn;
        private final FloatBuffer out;
        private final Map<String, OnnxTensor> inputs;
        private final Map<String, OnnxTensor> outputs;
        private final float[] scores;

        HandWritten(Given given, int threads) throws OrtException {
            this.given = given;
            this.session = session(given, threads);
            int width = given.isPicture() ? Byte.BYTES : Float.BYTES;
            this.in = ByteBuffer.allocateDirect(width * given.values().length).order(ByteOrder.nativeOrder());
            this.floatsIn = in.asFloatBuffer();
            this.scores = new float[given.scores()];
            this.out = ByteBuffer.allocateDirect(Float.BYTES * scores.length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            OnnxJavaType type = given.isPicture() ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
            this.inputs = Map.of(given.input(), OnnxTensor.createTensor(environment(), in, given.shape(), type));
            this.outputs = Map.of(
                    given.output(), OnnxTensor.createTensor(environment(), out, new long[] {given.batch(), given.classes()}));
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

    /** As an application writes it. */
    final class OfOnnxModel implements Way {
        private final Given given;
        private final OnnxModel model;

        OfOnnxModel(Given given, int threads) throws Exception {
            this.given = given;
            this.model = OnnxModel.open(
                    given.file(), Device.cpu(), SessionSettings.standard().withThreads(threads));
        }

        @Override
        public float[] scores() {
            Tensor tensor = given.isPicture()
                    ? Tensor.ofBytes(given.pixels(), given.shape())
                    : Tensor.of(given.values(), given.shape());
            return model.run(Map.of(given.input(), tensor)).get(given.output()).floats();
        }

        @Override
        public void close() {
            model.close();
        }
    }

    /** With a translator that only wraps and unwraps. */
    final class OfDjl implements Way {
        private final ZooModel<Given, float[]> model;
        private final Predictor<Given, float[]> predictor;
        private final Given given;

        OfDjl(Given given, int threads) throws Exception {
            this.given = given;
            this.model = Criteria.builder()
                    .setTypes(Given.class, float[].class)
                    .optEngine("OnnxRuntime")
                    .optModelPath(given.file())
                    .optOption("intraOpNumThreads", Integer.toString(threads))
                    .optTranslator(new Wrapping())
                    .build()
                    .loadModel();
            this.predictor = model.newPredictor();
        }

        private static final class Wrapping implements Translator<Given, float[]> {
            @Override
            public NDList processInput(TranslatorContext context, Given given) {
                NDArray array = given.isPicture()
                        ? context.getNDManager()
                                .create(ByteBuffer.wrap(given.pixels()), new Shape(given.shape()), DataType.UINT8)
                        : context.getNDManager().create(given.values(), new Shape(given.shape()));
                array.setName(given.input());
                return new NDList(array);
            }

            @Override
            public float[] processOutput(TranslatorContext context, NDList list) {
                return list.singletonOrThrow().toFloatArray();
            }

            @Override
            public Batchifier getBatchifier() {
                return null;
            }
        }

        @Override
        public float[] scores() throws Exception {
            return predictor.predict(given);
        }

        @Override
        public void close() {
            predictor.close();
            model.close();
        }
    }

    /** A nested array goes in, or for pixels, which nested arrays cannot be, a wrapped one; a nested array comes out. */
    final class Usual implements Way {
        private final Given given;
        private final OrtSession session;

        Usual(Given given, int threads) throws OrtException {
            this.given = given;
            this.session = session(given, threads);
        }

        @Override
        public float[] scores() throws OrtException {
            try (OnnxTensor tensor = given.isPicture()
                            ? OnnxTensor.createTensor(
                                    environment(), ByteBuffer.wrap(given.pixels()), given.shape(), OnnxJavaType.UINT8)
                            : OnnxTensor.createTensor(environment(), given.nested());
                    OrtSession.Result result = session.run(Map.of(given.input(), tensor))) {
                float[][] rows = (float[][]) result.get(0).getValue();
                float[] flat = new float[given.scores()];
                for (int i = 0; i < rows.length; i++) {
                    System.arraycopy(rows[i], 0, flat, i * given.classes(), given.classes());
                }
                return flat;
            }
        }

        @Override
        public void close() throws OrtException {
            session.close();
        }
    }
}
