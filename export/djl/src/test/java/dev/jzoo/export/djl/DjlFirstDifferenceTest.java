package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.util.Pair;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.testing.Miswritten;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.Collections;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that the first difference names the layer of a DJL network that was written with wrong weights. */
class DjlFirstDifferenceTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    private static final ValueInfo PICTURE = Cases.floats("batch", 3, 9, 7);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Block pictures() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(4)
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(6).build())
                .add(Activation::tanh)
                .add(Linear.builder().setUnits(5).build())
                .add(list -> new NDList(list.head().softmax(-1)));
    }

    private static Block sequences() {
        return new SequentialBlock()
                .add(LSTM.builder().setNumLayers(2).setStateSize(4).build())
                .add(new LambdaBlock(list -> new NDList(list.head().get(":, -1"))))
                .add(Linear.builder().setUnits(3).build())
                .add(list -> new NDList(list.head().softmax(-1)));
    }

    /** Returns a network, and the same network with one changed parameter. */
    private static Miswritten miswritten(Supplier<Block> network, String parameter, ValueInfo input) {
        Block wrong = Cases.initialised(MANAGER, network.get(), 0, input);
        boolean found = false;
        for (Pair<String, Parameter> pair : wrong.getParameters()) {
            if (pair.getKey().equals(parameter)) {
                found = true;
                float[] values = pair.getValue().getArray().toFloatArray();
                values[0] += 0.5f;
                pair.getValue().getArray().set(values);
            }
        }
        assertTrue(found, wrong.getParameters().keys().toString());
        return new Miswritten(Cases.initialised(MANAGER, network.get(), 0, input), wrong);
    }

    private static ExportReport report(Object network, ValueInfo input) throws IOException {
        return OnnxExporter.of(network)
                .input(input.name(), input.type(), input.shape())
                .report();
    }

    @ParameterizedTest
    @CsvSource({
        "01Conv2d_weight, Conv '/01Conv2d/Conv' ",
        "02BatchNorm_beta, BatchNormalization '/02BatchNorm/BatchNormalization' ",
        "05Linear_bias, Gemm '/05Linear/Gemm' ",
        "07Linear_weight, Gemm '/07Linear/Gemm' "
    })
    void aLayerInTheMiddleIsNamedWithBothValues(String parameter, String node) throws IOException {
        ExportReport report = report(miswritten(DjlFirstDifferenceTest::pictures, parameter, PICTURE), PICTURE);
        assertFalse(report.parity().agrees());
        String sentence = report.parity().firstDifference();
        // 8 of 9 nodes: the graph has no node for the batch axis, and the last node is the output.
        assertTrue(
                sentence.startsWith("The first of 8 tensors that differs at batch 1 is written by " + node), sentence);
        assertTrue(sentence.matches(".*, value \\d+: \\S+ in the framework, \\S+ in ONNX Runtime\\."), sentence);
    }

    @ParameterizedTest
    @CsvSource({"01LSTM_l_1_i2h_WEIGHT, /01LSTM/", "03Linear_weight, Gemm '/03Linear/Gemm'"})
    void aRecurrentLayerIsNamed(String parameter, String node) throws IOException {
        ValueInfo input = Cases.floats("batch", "time", 3);
        String sentence = report(miswritten(DjlFirstDifferenceTest::sequences, parameter, input), input)
                .parity()
                .firstDifference();
        assertTrue(sentence.contains(" is written by ") && sentence.contains(node), sentence);
    }

    /** One branch is wrong in its middle, but correct at its end. The other branch is wrong at its end. */
    @Test
    void aNodeThatNoWrongOutputDependsOnIsNotNamed() throws IOException {
        Supplier<Block> branches = () -> new ParallelBlock(
                        lists -> new NDList(lists.get(0).head(), lists.get(1).head()))
                .add(new SequentialBlock()
                        .add(Linear.builder().setUnits(4).build())
                        .add(list -> new NDList(list.head().mul(0))))
                .add(new SequentialBlock()
                        .add(Linear.builder().setUnits(4).build())
                        .add(Activation::tanh));
        ValueInfo input = Cases.floats("batch", 6);
        Miswritten harmless = miswritten(branches, "01SequentialBlock_01Linear_bias", input);
        ExportReport agreeing = report(harmless, input);
        assertTrue(agreeing.parity().agrees(), agreeing.toString());
        assertEquals("", agreeing.parity().firstDifference());
        Block both = (Block) harmless.written();
        for (Pair<String, Parameter> pair : both.getParameters()) {
            if (pair.getKey().equals("02SequentialBlock_01Linear_bias")) {
                pair.getValue().getArray().set(new float[] {1, 2, 3, 4});
            }
        }
        ExportReport wrong = report(harmless, input);
        assertEquals(
                Collections.nCopies(6, "output_1"),
                wrong.parity().outcomes().stream()
                        .filter(outcome -> !outcome.agrees())
                        .map(outcome -> outcome.output())
                        .toList());
        assertTrue(
                wrong.parity().firstDifference().contains("Gemm '/02SequentialBlock/01Linear/Gemm'"),
                wrong.parity().firstDifference());
    }

    /** A rule for a size that was found in the two recordings must also hold at sizes that were not recorded. */
    @Test
    void aSizeThatFollowsItsRuleOnlyWhereItWasRecordedIsFound() throws IOException {
        Block block = new LambdaBlock(list -> {
            long time = list.head().getShape().get(1);
            return new NDList(list.head().get(":, :" + (time == 19 || time == 30 ? time / 2 : time / 3)));
        });
        ValueInfo input = Cases.floats("batch", "time", 2);
        ExportReport report = report(block, input);
        assertEquals(
                "output at batch 1, shape: [1, 7, 2] in the framework, [1, 10, 2] in ONNX Runtime",
                report.parity().disagreement());
        JZooException e = assertThrows(JZooException.class, () -> Cases.export(block, input));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
    }
}
