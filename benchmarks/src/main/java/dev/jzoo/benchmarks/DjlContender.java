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
import java.nio.ByteBuffer;

/** DJL's engine for ONNX Runtime, with a translator that only wraps and unwraps arrays. */
final class DjlContender implements Contender {

    private final ContenderInputs inputs;
    private final ZooModel<ContenderInputs, float[]> model;
    private final Predictor<ContenderInputs, float[]> predictor;

    DjlContender(ContenderInputs inputs, int threads) throws Exception {
        this.inputs = inputs;
        this.model = Criteria.builder()
                .setTypes(ContenderInputs.class, float[].class)
                .optEngine("OnnxRuntime")
                .optModelPath(inputs.file())
                .optOption("intraOpNumThreads", Integer.toString(threads))
                .optTranslator(new WrappingTranslator())
                .build()
                .loadModel();
        this.predictor = model.newPredictor();
    }

    private static final class WrappingTranslator implements Translator<ContenderInputs, float[]> {
        @Override
        public NDList processInput(TranslatorContext context, ContenderInputs inputs) {
            NDArray array = inputs.isPicture()
                    ? context.getNDManager()
                            .create(ByteBuffer.wrap(inputs.pixels()), new Shape(inputs.shape()), DataType.UINT8)
                    : context.getNDManager().create(inputs.values(), new Shape(inputs.shape()));
            array.setName(inputs.input());
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
        return predictor.predict(inputs);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
