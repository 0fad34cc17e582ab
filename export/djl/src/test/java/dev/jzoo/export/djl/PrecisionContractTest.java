package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.input;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests networks of double precision: their files have double inputs, weights and outputs. */
class PrecisionContractTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo PICTURE = doubles("batch", 4, 9, 7);
    private static final ValueInfo CUBE = doubles("batch", "time", 6);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static ValueInfo doubles(Object... axes) {
        return input("x", DataType.DOUBLE, axes);
    }

    @TestFactory
    List<DynamicTest> functionsInDoublePrecision() {
        Cases cases = new Cases(MANAGER);
        PrimitiveContractTest.functions()
                .forEach((name, function) -> cases.primitive(name + " of doubles", function, PICTURE));
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> blocksInDoublePrecision() {
        ValueInfo hidden = input("hidden", DataType.DOUBLE, 1, "batch", 4);
        ValueInfo cell = input("cell", DataType.DOUBLE, 1, "batch", 4);
        return new Cases(MANAGER)
                .block("a convolutional network of doubles", PrecisionContractTest::convolutional, PICTURE)
                .block(
                        "layer norm of doubles",
                        () -> LayerNorm.builder().axis(2).build(),
                        CUBE)
                .block(
                        "LSTM of doubles",
                        () -> LSTM.builder()
                                .setStateSize(4)
                                .setNumLayers(1)
                                .optReturnState(true)
                                .build(),
                        CUBE,
                        hidden,
                        cell)
                .block(
                        "GRU of doubles",
                        () -> GRU.builder().setStateSize(4).setNumLayers(1).build(),
                        CUBE,
                        hidden)
                .primitive(
                        "doubles joined with floats",
                        x -> NDArrays.concat(
                                new NDList(
                                        x,
                                        x.toType(ai.djl.ndarray.types.DataType.FLOAT32, false)
                                                .neg()),
                                1),
                        CUBE)
                .primitive(
                        "global pools of doubles",
                        x -> Pool.globalMaxPool2d(x)
                                .add(Pool.globalAvgPool2d(x))
                                .add(Pool.globalLpPool2d(x, 2)),
                        PICTURE)
                .primitive(
                        "doubles made smaller",
                        x -> x.getNDArrayInternal().interpolation(new long[] {4, 3}, 1, false),
                        PICTURE)
                .primitive(
                        "attention of doubles",
                        x -> x.matMul(x.transpose(0, 2, 1))
                                .div(Math.sqrt(x.size(1)))
                                .softmax(-1)
                                .matMul(x),
                        CUBE)
                .tests();
    }

    private static Block convolutional() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(5)
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation::gelu)
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(3).build())
                .add(list -> new NDList(Activation.swish(list.head(), 1.5f)));
    }

    @Test
    void anInputThatIsNotDeclaredHasThePrecisionOfTheParameters() throws Exception {
        Block block = Cases.initialised(MANAGER, convolutional(), 0, PICTURE);
        OnnxExporter.Exported exported = OnnxExporter.of(block).export();
        assertEquals(DataType.DOUBLE, exported.file().graph().inputs().get(0).type());
        assertEquals(DataType.DOUBLE, exported.file().graph().outputs().get(0).type());
        TensorData weight = exported.file().graph().initializers().get("06Linear.weight");
        assertEquals(DataType.DOUBLE, weight.type());
        assertTrue(exported.report().parity().maxError() < 1e-6);
    }
}
