package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.testing.Miswritten;
import dev.jzoo.zoo.card.Dimension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that networks of doubles and halves are compared in their own precision. */
class ElementTypesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @AfterAll
    static void closeManager() {
        MANAGER.close();
    }

    private static Block network(DataType type) {
        MANAGER.getEngine().setRandomSeed(5);
        Block block = new SequentialBlock()
                .add(Linear.builder().setUnits(8).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(3).build());
        block.initialize(MANAGER, type, new Shape(1, 4));
        return block;
    }

    private static ExportReport report(Object network, String type) throws Exception {
        return OnnxExporter.of(network)
                .input("x", dev.jzoo.onnx.DataType.valueOf(type), Dimension.batchOf(4))
                .report();
    }

    /** Changes a bias by a hundredth of a float's tolerance, and by an amount that a half cannot represent. */
    @ParameterizedTest
    @CsvSource({"DOUBLE, FLOAT64, 1e-6, true", "FLOAT16, FLOAT16, 2e-4, false", "FLOAT16, FLOAT16, 0.1, true"})
    void anErrorIsSeenInThePrecisionOfTheNetwork(String type, DataType djl, double error, boolean isSeen)
            throws Exception {
        assertTrue(report(network(djl), type).parity().agrees());
        Block wrong = network(djl);
        wrong.getParameters().get("03Linear_bias").getArray().addi(error);
        ExportReport report = report(new Miswritten(network(djl), wrong), type);
        assertEquals(isSeen, !report.parity().agrees(), report::toString);
        assertFalse(report.parity().outcomes().isEmpty());
    }
}
