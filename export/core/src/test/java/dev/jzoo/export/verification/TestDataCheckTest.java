package dev.jzoo.export.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.TensorFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares test data with the model y = x + 2. */
class TestDataCheckTest {

    @TempDir
    Path folder;

    private TestDataCheck.TestSetDifference compare(String outputName, TensorData expected) throws IOException {
        new TensorFile("x", TensorData.of(new float[] {1, 1000}, 1, 2)).write(folder.resolve("input_0.pb"));
        new TensorFile(outputName, expected).write(folder.resolve("output_0.pb"));
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2));
        graph.op("Add", graph.input(x), graph.constant(2f)).emitAs("y");
        graph.output(x.named("y"));
        byte[] bytes = OnnxFile.of(17, new OnnxFile.Producer("test", "1"), graph.build("plus"), Map.of())
                .toBytes();
        try (OnnxModel model = OnnxModel.open(bytes, "plus", Device.cpu())) {
            return TestDataCheck.compare(model, folder);
        }
    }

    @Test
    void whatTheModelComputesAgrees() throws IOException {
        assertEquals(
                new TestDataCheck.TestSetDifference(0, ""), compare("y", TensorData.of(new float[] {3, 1002}, 1, 2)));
        assertEquals("", compare("", TensorData.of(new float[] {3, 1002}, 1, 2)).problem());
    }

    /** 1002 may differ by 0.1002, 3 by 0.0003. */
    @Test
    void aValueMayDifferByATenThousandth() throws IOException {
        TestDataCheck.TestSetDifference within = compare("y", TensorData.of(new float[] {3, 1002.0625f}, 1, 2));
        assertEquals(new TestDataCheck.TestSetDifference(0.0625, ""), within);
        TestDataCheck.TestSetDifference beyond = compare("y", TensorData.of(new float[] {3.0625f, 1002}, 1, 2));
        assertEquals("value 0 of 'y' is 3.0, expected 3.0625.", beyond.problem());
    }

    @Test
    void aNumberIsNotThatWhichIsNone() throws IOException {
        assertEquals(
                "value 1 of 'y' cannot be compared: the expected value is NaN, found 1002.0.",
                compare("y", TensorData.of(new float[] {3, Float.NaN}, 1, 2)).problem());
    }

    /** The input is x = -1, 4. The output is its root, whose first value is NaN. */
    @Test
    void noNumberOnBothSidesIsNoAgreement() throws IOException {
        new TensorFile("x", TensorData.of(new float[] {-1, 4}, 1, 2)).write(folder.resolve("input_0.pb"));
        new TensorFile("y", TensorData.of(new float[] {Float.NaN, 2}, 1, 2)).write(folder.resolve("output_0.pb"));
        try (OnnxModel model = unary("Sqrt")) {
            assertEquals(
                    "value 0 of 'y' cannot be compared: the expected value is NaN, found NaN.",
                    TestDataCheck.compare(model, folder).problem());
        }
    }

    private static OnnxModel unary(String operator) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2));
        graph.op(operator, graph.input(x)).emitAs("y");
        graph.output(x.named("y"));
        byte[] bytes = OnnxFile.of(17, new OnnxFile.Producer("test", "1"), graph.build("g"), Map.of())
                .toBytes();
        return OnnxModel.open(bytes, "g", Device.cpu());
    }

    @Test
    void anOutputWithoutValuesIsNoAgreement() throws IOException {
        new TensorFile("x", TensorData.of(new float[0], 0, 2)).write(folder.resolve("input_0.pb"));
        new TensorFile("y", TensorData.of(new float[0], 0, 2)).write(folder.resolve("output_0.pb"));
        try (OnnxModel model = unary("Sqrt")) {
            assertEquals(
                    "'y' has no values to compare.",
                    TestDataCheck.compare(model, folder).problem());
        }
    }

    @Test
    void anOutputWithoutAFileOrAFileWithoutAnOutputIsRefused() throws IOException {
        compare("y", TensorData.of(new float[] {3, 1002}, 1, 2));
        Files.copy(folder.resolve("output_0.pb"), folder.resolve("output_1.pb"));
        try (OnnxModel model = unary("Relu")) {
            DataFormatException more =
                    assertThrows(DataFormatException.class, () -> TestDataCheck.compare(model, folder));
            assertEquals(folder + ": expected 1 files of outputs, found output_1.pb", more.getMessage());
            Files.delete(folder.resolve("output_0.pb"));
            DataFormatException none =
                    assertThrows(DataFormatException.class, () -> TestDataCheck.compare(model, folder));
            assertEquals(folder + ": expected the file output_0.pb, found none", none.getMessage());
        }
    }

    @Test
    void anotherShapeOrTypeIsAProblem() throws IOException {
        assertTrue(compare("y", TensorData.of(new float[] {3, 1002}, 2, 1))
                .problem()
                .startsWith("'y' is "));
        assertTrue(compare("y", TensorData.of(new long[] {3, 1002}, 1, 2))
                .problem()
                .startsWith("'y' is "));
    }

    @Test
    void aFolderWithoutInputsIsRefused() throws IOException {
        compare("y", TensorData.of(new float[] {3, 1002}, 1, 2));
        Files.delete(folder.resolve("input_0.pb"));
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(2));
        graph.op("Relu", graph.input(x)).emitAs("y");
        graph.output(x.named("y"));
        byte[] bytes = OnnxFile.of(17, new OnnxFile.Producer("test", "1"), graph.build("relu"), Map.of())
                .toBytes();
        try (OnnxModel model = OnnxModel.open(bytes, "relu", Device.cpu())) {
            DataFormatException e = assertThrows(DataFormatException.class, () -> TestDataCheck.compare(model, folder));
            assertEquals(folder + ": expected the file input_0.pb, found none", e.getMessage());
        }
    }
}
