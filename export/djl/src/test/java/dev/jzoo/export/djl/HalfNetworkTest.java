package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Tolerance;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests networks of half precision: their files have half inputs, weights and outputs. */
class HalfNetworkTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    /** A tolerance of two roundings of a half. */
    private static final Tolerance HALF = new Tolerance(2e-3, 2e-3, Tolerance.ErrorScale.LARGEST_OF_OUTPUT);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Compares with the same network in single precision, before its weights were rounded. */
    private static void agreesWithItsFormInFloats(AbstractBlock block, ValueInfo input, long... shape)
            throws Exception {
        Cases.initialised(MANAGER, block, 0, input);
        Random random = new Random(4);
        float[] x = new float[(int) new Shape(shape).size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        NDArray expected = block.forward(
                        new ParameterStore(MANAGER, false), new NDList(MANAGER.create(x, new Shape(shape))), false)
                .head();
        float[] floats = expected.toFloatArray();
        for (Parameter parameter : block.getParameters().values()) {
            NDArray half = parameter.getArray().toType(ai.djl.ndarray.types.DataType.FLOAT16, true);
            parameter.close();
            parameter.setShape(null);
            parameter.setArray(half);
        }
        OnnxExporter.Exported exported = OnnxExporter.of(block)
                .input("x", DataType.FLOAT16, input.shape())
                .tolerance(HALF)
                .export();
        assertEquals(DataType.FLOAT16, exported.file().graph().outputs().get(0).type());
        exported.file().graph().initializers().forEach((name, weight) -> {
            if (!name.startsWith("/")) {
                assertEquals(DataType.FLOAT16, weight.type(), name);
            }
        });
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "half", Device.cpu())) {
            float[] halves =
                    model.run(Map.of("x", Tensor.of(x, shape))).get("output").floats();
            assertArrayEquals(floats, halves, 0.02f);
        }
    }

    @Test
    void aPerceptronOfHalvesAgrees() throws Exception {
        agreesWithItsFormInFloats(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(6).build())
                        .add(Activation::gelu)
                        .add(Linear.builder().setUnits(3).build())
                        .addSingleton(y -> y.mul(0.5).add(1).softmax(1)),
                Cases.floats("batch", 5),
                4,
                5);
    }

    @Test
    void aConvolutionalNetworkOfHalvesAgrees() throws Exception {
        agreesWithItsFormInFloats(
                new SequentialBlock()
                        .add(Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(4)
                                .build())
                        .add(Activation::relu)
                        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                        .add(Blocks.batchFlattenBlock())
                        .add(Linear.builder().setUnits(3).build()),
                Cases.floats("batch", 3, 8, 6),
                2,
                3,
                8,
                6);
    }

    @Test
    void attentionOfHalvesAgreesAtAnyLength() throws Exception {
        agreesWithItsFormInFloats(
                new SequentialBlock()
                        .add(Linear.builder().setUnits(4).build())
                        .add(LayerNorm.builder().axis(2).build())
                        .addSingleton(y -> y.matMul(y.transpose(0, 2, 1))
                                .div(Math.sqrt(y.size(1)))
                                .softmax(-1)
                                .matMul(y)),
                Cases.floats("batch", "time", 4),
                2,
                7,
                4);
    }
}
