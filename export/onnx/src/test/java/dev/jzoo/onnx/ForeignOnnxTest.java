package dev.jzoo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.passes.GraphCost;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of files in forms that JZoo does not write. Most are made by make_cases.py; the rest come from other projects. */
class ForeignOnnxTest {

    private static final Path CASES = Path.of("src/test/resources/cases/onnx");

    @TempDir
    Path folder;

    private static Path file(String name) {
        return CASES.resolve(name + ".onnx");
    }

    /** Expected values counted by hand. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            if_untyped           | 12  | 4  | 1 If, 1 MatMul, 1 Neg, 1 Relu               | 0
            local_function_image | 240 | 5  | 1 Conv, 1 Flatten, 1 Gemm, 1 GlobalAveragePool, 1 Relu | 48624
            int4_dq              | 40  | 2  | 1 DequantizeLinear, 1 MatMul                | 0
            sparse_init          | 12  | 1  | 1 MatMul                                    | 12
            ml_logreg_zipmap     | 0   | 4  | 1 Cast, 1 ai.onnx.ml.LinearClassifier, 1 ai.onnx.ml.Normalizer, 1 ai.onnx.ml.ZipMap | 0
            functions            | 0   | 10 | 2 Abs, 2 Identity, 2 If, 2 LeakyRelu, 2 Neg | 0
            packed               | 16  | 5  | 2 Add, 1 Cast, 2 DequantizeLinear           | 0
            sparse               | 16  | 3  | 1 Add, 1 Constant, 1 MatMul                 | 12
            kinds                | 0   | 3  | 1 Constant, 1 Optional, 1 SequenceConstruct | 0
            loop                 | 16  | 3  | 1 Identity, 1 Loop, 1 MatMul                | 0
            quantised            | 20  | 3  | 1 Cast, 1 ConvInteger, 1 Einsum             | 0
            outside              | 12  | 2  | 1 Add, 1 MatMul                             | 6
            huge                 | 2147487744 | 1 | 1 Gather                              | 0
            same_symbol          | 8   | 2  | 1 Gemm, 1 ReduceMean                        | 6
            port_uint32          | 0   | 1  | 1 Identity                                  | 0
            """)
    void anyFileHasAnOutline(String name, long parameters, long nodes, String operators, long multiplyAdds)
            throws IOException {
        OnnxOutline outline = OnnxOutline.read(file(name));
        assertEquals(parameters, outline.parameters());
        assertEquals(nodes, outline.nodes());
        assertEquals(
                operators,
                String.join(
                        ", ",
                        outline.operators().entrySet().stream()
                                .map(operator -> operator.getValue() + " " + operator.getKey())
                                .toList()));
        assertEquals(multiplyAdds, GraphCost.of(outline.file().graph()).multiplyAdds());
        assertEquals(List.of(), GraphChecker.faults(outline.file()));
    }

    @Test
    void portsOfEveryKindHaveTheirTypeInWords() throws IOException {
        OnnxOutline kinds = OnnxOutline.read(file("kinds"));
        assertEquals(
                "[OutlinePort[name=o, type=optional(float), shape=[]], OutlinePort[name=s, type=seq(float), shape=[]],"
                        + " OutlinePort[name=t, type=string, shape=[2]]]",
                kinds.outputs().toString());
        assertEquals(List.of("..."), kinds.inputs().get(0).shape());
        assertEquals(3, kinds.unsupported().size(), kinds.unsupported().toString());
        assertEquals(
                "seq(map(int64, float))",
                OnnxOutline.read(file("ml_logreg_zipmap")).outputs().get(1).type());
        assertEquals(
                "uint32", OnnxOutline.read(file("port_uint32")).inputs().get(0).type());
        assertEquals(
                List.of("ConvB"), OnnxOutline.read(file("local_function_image")).functions());
        assertEquals(List.of("w.bin"), OnnxOutline.read(file("outside")).external());
    }

    @Test
    void whatCannotBeCountedIsNamed() throws IOException {
        for (Map.Entry<String, Integer> uncounted : Map.of(
                        "loop", 1, "quantised", 2, "int4_dq", 1, "conv-alone", 1, "lstm-short", 1, "gemm-scalar", 1)
                .entrySet()) {
            GraphCost cost = GraphCost.of(
                    OnnxOutline.read(file(uncounted.getKey())).file().graph());
            assertEquals(uncounted.getValue(), cost.uncounted().size(), uncounted.getKey() + cost);
        }
    }

    /** The reference is ONNX Runtime on the original file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "functions",
                "packed",
                "sparse",
                "loop",
                "if_untyped",
                "local_function_image",
                "sparse_init",
                "outside",
                "int4_dq",
                "same_symbol"
            })
    void aFileThatIsReadAndWrittenComputesTheSame(String name) throws IOException {
        byte[] written = OnnxFile.read(file(name)).toBytes();
        try (OnnxModel before = OnnxModel.open(file(name), Device.cpu());
                OnnxModel behind = OnnxModel.open(written, name, Device.cpu())) {
            for (boolean flag : new boolean[] {true, false}) {
                Map<String, Tensor> given = new HashMap<>();
                before.inputs().forEach(port -> given.put(port.name(), example(port, flag)));
                assertEquals(before.run(given), behind.run(given));
            }
        }
    }

    private static Tensor example(Port port, boolean flag) {
        long[] shape = port.shape().stream()
                .mapToLong(axis -> axis.fixedSize().orElse(2))
                .toArray();
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return switch (port.type()) {
            case BOOL -> Tensor.ofBooleans(new boolean[] {flag});
            case INT64 -> Tensor.ofLongs(new long[] {3});
            default -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (i * 37 % 19 - 9) / 8f;
                }
                yield Tensor.of(values, shape);
            }
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kinds            | '': constants of strings are not supported
            ml_logreg_zipmap | 'output_probability' is not a tensor
            functions-circle | the local function 'Round' calls itself
            functions-bomb   | its local functions expand to more than 1000000 nodes
            """)
    void aPartThatWouldBeLostIsRefusedByName(String name, String part) {
        String message = assertThrows(DataFormatException.class, () -> OnnxFile.read(file(name)))
                .getMessage();
        assertTrue(message.startsWith(file(name) + ": " + part), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "EMPTY", textBlock = """
            EMPTY                                                       | an empty file
            version https://git-lfs.github.com/spec/v1 oid sha256:12    | a Git LFS pointer in place of the file (git lfs pull fetches it)
            <!DOCTYPE html><title>404</title>                           | an HTML page, perhaps the error page of a download
            {"error": "not found"}                                      | JSON
            PK\u0003\u0004zip                                           | a ZIP archive
            hello                                                       | text ("hello")
            AAAAORTM12345                                               | a model in ONNX Runtime's own format (.ort)
            """)
    void whatIsNoModelIsRefusedInTheSameWordsEverywhere(String content, String found) throws IOException {
        byte[] bytes = (content == null ? "" : content).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("model.onnx"), bytes);
        String expected = file + ": expected an ONNX model, found " + found;
        assertEquals(expected, message(() -> OnnxFile.read(file)));
        assertEquals(expected, message(() -> OnnxOutline.read(file)));
        if (!found.contains(".ort")) {
            assertEquals(expected, message(() -> OnnxModel.open(file, Device.cpu())));
        }
    }

    @Test
    void aFileThatIsCutShortIsRefusedInTheSameWordsEverywhere() throws IOException {
        byte[] whole = Files.readAllBytes(file("local_function_image"));
        Path file = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, 300));
        String expected = message(() -> OnnxModel.open(file, Device.cpu()));
        assertTrue(expected.endsWith("the file is truncated, damaged, or in another format"), expected);
        assertEquals(expected, message(() -> OnnxFile.read(file)));
        assertEquals(expected, message(() -> OnnxOutline.read(file)));
    }

    @Test
    void aPointerOfGitIsRecognisedByEveryReader() {
        Path pointer = Path.of("src/test/resources/cases/hub/lfs.onnx");
        String expected = message(() -> OnnxModel.open(pointer, Device.cpu()));
        assertTrue(expected.contains("a Git LFS pointer"), expected);
        assertEquals(expected, message(() -> OnnxFile.read(pointer)));
        assertEquals(expected, message(() -> OnnxOutline.read(pointer)));
    }

    @Test
    void aFileLargerThanAnyModelIsRefusedBeforeItIsRead() throws IOException {
        Path file = folder.resolve("large.onnx");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }
        String expected =
                ": expected an ONNX model, which has at most 2 GiB without its external data, found 3221225472 bytes";
        assertEquals(file + expected, message(() -> OnnxFile.read(file)));
        assertEquals(file + expected, message(() -> OnnxOutline.read(file)));
        assertEquals(folder + ": expected an ONNX model, found a folder", message(() -> OnnxFile.read(folder)));
    }

    @Test
    void aTensorOfMoreThanTwoGiBBesideTheModelIsRead() throws IOException {
        Path model = Files.copy(file("huge"), folder.resolve("huge.onnx"));
        try (RandomAccessFile data =
                new RandomAccessFile(folder.resolve("huge.bin").toFile(), "rw")) {
            data.setLength((1L << 31) + 4096);
            data.seek((1L << 31) + 4095);
            data.write(7);
        }
        TensorData huge = OnnxFile.read(model).graph().initializers().get("huge");
        long[] seen = new long[2];
        huge.read(piece -> {
            seen[0] += piece.remaining();
            seen[1] = piece.get(piece.limit() - 1);
        });
        assertEquals((1L << 31) + 4096, seen[0]);
        assertEquals(7, seen[1]);
    }

    @Test
    void aLinkIntoACacheIsFollowedAsTheRuntimeDoes() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("hub/blobs"));
        Path snapshot = Files.createDirectories(folder.resolve("hub/snapshots/abc"));
        Files.copy(file("outside"), blobs.resolve("1"));
        Files.copy(CASES.resolve("w.bin"), blobs.resolve("2"));
        Path model = Files.createSymbolicLink(snapshot.resolve("outside.onnx"), Path.of("../../blobs/1"));
        Files.createSymbolicLink(snapshot.resolve("w.bin"), Path.of("../../blobs/2"));
        OnnxModel.open(model, Device.cpu()).close();
        assertEquals(2, OnnxFile.read(model).graph().initializers().size());

        Path other = Files.createDirectories(folder.resolve("other"));
        Path plain = Files.copy(file("outside"), other.resolve("outside.onnx"));
        Files.createSymbolicLink(other.resolve("w.bin"), blobs.resolve("2"));
        assertThrows(DataFormatException.class, () -> OnnxModel.open(plain, Device.cpu()));
        assertTrue(message(() -> OnnxFile.read(plain)).endsWith("which is outside of the model's folder"));
    }

    private static String message(Executable reading) {
        return assertThrows(DataFormatException.class, reading).getMessage();
    }
}
