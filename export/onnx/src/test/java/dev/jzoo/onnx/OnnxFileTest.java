package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.proto.GraphProto;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.OperatorSetIdProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFileTest {

    @TempDir
    Path folder;

    /** y = max(x W^T + b, 0), 3 to 2. */
    private static OnnxFile file() {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3)));
        graph.weight("w", TensorData.of(new float[] {1, 2, 3, -1, -2, -3}, 2, 3));
        graph.weight("b", TensorData.of(new float[] {0.5f, 0.25f}, 2));
        String product = graph.op("Gemm", "x", "w", "b").integer("transB", 1).emit();
        graph.op("Relu", product).emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(2)));
        return new OnnxFile(
                8,
                new TreeMap<>(Map.of("", 17L)),
                new OnnxFile.Producer("jzoo", "test"),
                graph.build("toy"),
                new TreeMap<>(Map.of("b", "2", "a", "1")));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() throws IOException {
        assertEquals(file(), OnnxFile.read("toy", file().toBytes()));
    }

    /** The file is like one of onnx's shape inference that did not find the number of axes. */
    @Test
    void anInnerTensorWithoutAShapeDoesNotBecomeAScalar() throws IOException {
        ModelProto.Builder proto = ModelProto.parseFrom(file().toBytes()).toBuilder();
        String product = proto.getGraph().getNode(0).getOutput(0);
        proto.getGraphBuilder()
                .clearValueInfo()
                .addValueInfoBuilder()
                .setName(product)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(DataType.FLOAT.code());
        OnnxFile read = OnnxFile.read("toy", proto.build().toByteArray());
        assertEquals(List.of(), read.graph().values());
        try (OnnxModel model = OnnxModel.open(read.toBytes(), "toy", Device.cpu())) {
            Map<String, Tensor> y = model.run(Map.of("x", Tensor.of(new float[] {1, 1, 1}, 1, 3)));
            assertArrayEquals(new float[] {6.5f, 0}, y.get("y").floats());
        }
    }

    @Test
    void equalFilesHaveEqualBytes() throws IOException {
        assertArrayEquals(
                file().toBytes(), OnnxFile.read("toy", file().toBytes()).toBytes());
    }

    @Test
    void theGraphHasNoFaults() {
        assertEquals(List.of(), GraphChecker.faults(file()));
    }

    @Test
    void onnxRuntimeComputesWhatTheGraphSays() throws IOException {
        try (OnnxModel model = OnnxModel.open(file().toBytes(), "toy", Device.cpu())) {
            Tensor y = model.run(Map.of("x", Tensor.of(new float[] {1, 1, 1, -1, 0, 0}, 2, 3)))
                    .get("y");
            assertArrayEquals(new float[] {6.5f, 0, 0, 1.25f}, y.floats());
        }
    }

    @Test
    void aFileCutAnywhereIsRefusedOrLosesNothingThatItNeeds() {
        byte[] whole = file().toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                OnnxFile read = OnnxFile.read("cut", cut);
                // Protobuf writes fields one after another, so that a cut between two is a shorter, complete message.
                assertTrue(length > 0 && read.graph() != null);
            } catch (IOException e) {
                assertTrue(e instanceof DataFormatException && e.getMessage().startsWith("cut: "), e.toString());
            }
        }
    }

    @Test
    void textIsRefusedNamingTheFile() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.onnx"), "These are my notes, no model.");
        DataFormatException e = assertThrows(DataFormatException.class, () -> OnnxFile.read(text));
        assertTrue(e.getMessage().contains("notes.onnx"), e.getMessage());
    }

    @Test
    void weightsInTypedFieldsAreReadAsPackedOnes() throws IOException {
        TensorProto typed = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.code())
                .addDims(2)
                .addFloatData(1.5f)
                .addFloatData(-2)
                .build();
        assertArrayEquals(
                new float[] {1.5f, -2},
                OnnxFile.read("typed", model(typed).toByteArray())
                        .graph()
                        .initializers()
                        .get("w")
                        .floats());
    }

    @Test
    void aWeightWithTheWrongNumberOfValuesIsRefusedNamingIt() {
        TensorProto wrong = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.code())
                .addDims(3)
                .addFloatData(1)
                .build();
        DataFormatException e = assertThrows(
                DataFormatException.class,
                () -> OnnxFile.read("wrong", model(wrong).toByteArray()));
        assertTrue(e.getMessage().contains("'w': expected 3 values, found 1"), e.getMessage());
    }

    /** Tests two billion elements, and shapes whose product overflows. No memory of that size is allocated. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "2000000000", "4294967296,4294967296", "3037000500,3037000500,4", "-1"})
    void aWeightThatSaysToBeHugeIsRefusedNamingIt(String axes) {
        List<Long> dims = Arrays.stream(axes.split(",")).map(Long::valueOf).toList();
        TensorProto.Builder claim = TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.code())
                .addAllDims(dims);
        TensorProto typed = claim.clone().addFloatData(1).build();
        TensorProto raw =
                claim.clone().setRawData(ByteString.copyFrom(new byte[8])).build();
        for (TensorProto tensor : List.of(typed, raw)) {
            DataFormatException e = assertThrows(
                    DataFormatException.class,
                    () -> OnnxFile.read("hostile", model(tensor).toByteArray()));
            assertTrue(e.getMessage().contains("'w'"), e.getMessage());
        }
    }

    @Test
    void externalWeightsAreReadFromTheModelsFolder() throws IOException {
        ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        values.putFloat(9).putFloat(1.5f).putFloat(-2).putFloat(9);
        Files.write(folder.resolve("weights.bin"), values.array());
        Path model = Files.write(
                folder.resolve("m.onnx"), model(external("weights.bin", 4, 8)).toByteArray());
        assertArrayEquals(
                new float[] {1.5f, -2},
                OnnxFile.read(model).graph().initializers().get("w").floats());
    }

    @Test
    void externalWeightsThatLeaveTheFolderAreRefused() throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[8]);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link.bin"), folder.resolve("secret.bin"));
        for (String location :
                List.of("../secret.bin", folder.resolve("secret.bin").toString(), "link.bin", "gone.bin")) {
            Path model = Files.write(
                    inner.resolve("m.onnx"), model(external(location, 0, 8)).toByteArray());
            assertThrows(DataFormatException.class, () -> OnnxFile.read(model), location);
        }
    }

    @Test
    void externalWeightsBeyondTheEndOfTheirFileAreRefused() throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[8]);
        Path model = Files.write(
                folder.resolve("m.onnx"), model(external("weights.bin", 4, 8)).toByteArray());
        DataFormatException e = assertThrows(DataFormatException.class, () -> OnnxFile.read(model));
        assertTrue(e.getMessage().contains("needs bytes 4 to 12 of 'weights.bin', which has 8"), e.getMessage());
    }

    @Test
    void aTensorInAFileOfItsOwnComesBackEqual() throws IOException {
        TensorFile tensor = new TensorFile("x", TensorData.of(new float[] {1, 2, 3}, 1, 3));
        Path file = folder.resolve("input_0.pb");
        tensor.write(file);
        assertEquals(tensor, TensorFile.read(file));
        Files.write(file, "no tensor".getBytes(StandardCharsets.UTF_8));
        assertThrows(DataFormatException.class, () -> TensorFile.read(file));
    }

    @Test
    void theCheckerNamesEveryFaultOfAGraph() {
        Node relu = new Node("Relu", "", "r", List.of("nothing"), List.of("y"), new TreeMap<>());
        Node again = new Node("Relu", "", "r", List.of("y"), List.of("y"), new TreeMap<>());
        Graph graph = new Graph(
                "g",
                List.of(),
                List.of(new ValueInfo("z", DataType.FLOAT, List.of())),
                Map.of(),
                List.of(relu, again),
                List.of());
        List<String> faults = GraphChecker.faults(file().withGraph(graph));
        assertEquals(4, faults.size(), faults.toString());
    }

    private static TensorProto external(String location, long offset, long length) {
        return TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.code())
                .addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("offset").setValue(Long.toString(offset)))
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("length").setValue(Long.toString(length)))
                .build();
    }

    private static ModelProto model(TensorProto weight) {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(GraphProto.newBuilder().setName("g").addInitializer(weight))
                .build();
    }
}
