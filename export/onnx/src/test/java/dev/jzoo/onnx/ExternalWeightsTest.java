package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.proto.ModelProto;
import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalWeightsTest {

    @TempDir
    Path folder;

    /** y = x A B + c, with two large weights and a small one. */
    static OnnxFile file(int size) {
        GraphBuilder graph = new GraphBuilder(17);
        graph.input(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(size)));
        graph.weight("a", weight(1, size, size));
        graph.weight("b", weight(2, size, size));
        String product =
                graph.op("MatMul", graph.op("MatMul", "x", "a").emit(), "b").emit();
        graph.op("Add", product, graph.constant(0.5f)).emitAs("y");
        graph.output(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(size)));
        return OnnxFile.of(17, new OnnxFile.Producer("test", ""), graph.build("g"), Map.of("k", "v"));
    }

    static TensorData weight(long seed, int rows, int columns) {
        Random random = new Random(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return TensorData.of(values, rows, columns);
    }

    @Test
    void weightsBesideTheModelAreReadBackEqualAndRunTheSame() throws IOException {
        OnnxFile file = file(50);
        Path inline = folder.resolve("inline.onnx");
        Path external = folder.resolve("external.onnx");
        Fingerprint inside = file.write(inline);
        Fingerprint beside = file.write(external, 0);
        assertEquals(new Fingerprint(Files.size(inline), Sha256.of(inline), 0), inside);
        assertEquals(
                new Fingerprint(
                        Files.size(external), Sha256.of(external), Files.size(folder.resolve("external.onnx.data"))),
                beside);
        assertEquals(file.fingerprint(), inside);
        assertTrue(beside.bytes() < 1000 && beside.externalBytes() > 20_000);
        assertEquals(file, OnnxFile.read(external));
        Tensor x = Tensor.of(weight(3, 2, 50).floats(), 2, 50);
        assertArrayEquals(run(inline, x), run(external, x));
    }

    private static float[] run(Path model, Tensor x) throws IOException {
        try (OnnxModel opened = OnnxModel.open(model, Device.cpu())) {
            return opened.run(Map.of("x", x)).get("y").floats();
        }
    }

    @Test
    void offsetsAreMultiplesOfThePageSizeAndTheLocationIsRelative() throws IOException {
        Path external = folder.resolve("external.onnx");
        file(50).write(external, 0);
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(external));
        List<Map<String, String>> places = model.getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL)
                .map(tensor -> tensor.getExternalDataList().stream()
                        .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue)))
                .toList();
        assertEquals(
                List.of(
                        Map.of("location", "external.onnx.data", "offset", "0", "length", "10000"),
                        Map.of("location", "external.onnx.data", "offset", "12288", "length", "10000")),
                places);
    }

    @Test
    void theBytesAreThoseThatProtobufWouldWrite() throws IOException {
        byte[] bytes = file(50).toBytes();
        assertArrayEquals(ModelProto.parseFrom(bytes).toByteArray(), bytes);
        file(50).write(folder.resolve("beside.onnx"), 0);
        byte[] beside = Files.readAllBytes(folder.resolve("beside.onnx"));
        assertArrayEquals(ModelProto.parseFrom(beside).toByteArray(), beside);
    }

    @Test
    void aModelThatCannotBeWrittenLeavesNoModel() throws IOException {
        Path blocked = folder.resolve("blocked.onnx");
        Files.createDirectories(folder.resolve("blocked.onnx.data").resolve("in the way"));
        assertThrows(Exception.class, () -> file(50).write(blocked, 0));
        assertFalse(Files.exists(blocked));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(1, left.count());
        }
    }

    /** Heap of 1.5 times the model: a second copy of the weights would not fit. */
    @Test
    void aModelIsWrittenWithinOneAndAHalfTimesItsSize() throws Exception {
        Path model = folder.resolve("large.onnx");
        long started = System.nanoTime();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + LargeModel.MEGABYTES * 3 / 2 + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeModel.class.getName(),
                        model.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes());
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), said);
        System.out.printf(
                "%d MB of weights written inside and beside the model in %.1f s%n",
                LargeModel.MEGABYTES, (System.nanoTime() - started) / 1e9);
        assertEquals(Sha256.of(model).hex(), said.strip());
        assertEquals((long) LargeModel.MEGABYTES << 20, Files.size(folder.resolve("beside.onnx.data")));
    }
}
