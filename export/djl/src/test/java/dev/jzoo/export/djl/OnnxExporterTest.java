package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.util.Pair;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.FileReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.export.Tolerance;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.export.testing.Miswritten;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the exporter's behaviour for any network, using one of DJL. */
class OnnxExporterTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Block network() {
        Block network = new SequentialBlock()
                .add(Conv2d.builder()
                        .setKernelShape(new Shape(3, 3))
                        .setFilters(4)
                        .build())
                .add(BatchNorm.builder().build())
                .add(Activation::gelu)
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(5).build());
        network.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 3, 8, 6));
        return network;
    }

    private static List<String> operators(OnnxFile file) {
        return file.graph().nodes().stream().map(Node::opType).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 17, 21, 22, 23})
    void everyOpsetAgreesWithTheFramework(int opset) throws IOException {
        OnnxExporter.Exported exported = OnnxExporter.of(network()).opset(opset).export();
        ContractFiles.SMALL.keep("opset", exported.file());
        assertTrue(exported.report().parity().agrees());
        assertEquals(opset, exported.file().opset());
        assertEquals(List.of(), GraphChecker.faults(exported.file()));
    }

    @Test
    void batchNormalisationIsFoldedWhereThatIsAskedFor() throws IOException {
        OnnxFile plain = OnnxExporter.of(network()).export().file();
        OnnxFile folded =
                OnnxExporter.of(network()).foldBatchNormalization().export().file();
        assertTrue(operators(plain).contains("BatchNormalization"));
        assertTrue(!operators(folded).contains("BatchNormalization"));
        assertTrue(folded.graph().initializers().containsKey("01Conv2d.weight"));
        assertEquals(plain.graph().nodes().size() - 1, folded.graph().nodes().size());
    }

    @Test
    void theReportIsOfTheFileThatWasWritten() throws IOException {
        Block network = network();
        Path file = folder.resolve("network.onnx");
        ExportReport written = OnnxExporter.of(network).write(file);
        assertEquals(Files.size(file), written.bytes());
        assertEquals(Sha256.of(file), written.sha256());
        assertEquals(OnnxExporter.of(network).export().report().sha256(), written.sha256());
        assertEquals(List.of("network.onnx"), List.of(folder.toFile().list()));
    }

    @Test
    void whatAKilledExportLeftIsDeletedByTheNextOneInTheFolder() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        String live = ".other.onnx." + ProcessHandle.current().pid() + ".tmp";
        for (String name : List.of(
                ".network.onnx." + killed.pid() + ".tmp",
                ".other.onnx." + killed.pid() + ".tmp",
                ".letter.txt." + killed.pid() + ".tmp",
                live)) {
            Files.writeString(folder.resolve(name), "half");
        }
        OnnxExporter.of(network()).write(folder.resolve("network.onnx"));
        assertEquals(
                Set.of("network.onnx", live, ".letter.txt." + killed.pid() + ".tmp"),
                Set.of(folder.toFile().list()));
    }

    private static Miswritten miswritten() {
        Block wrong = network();
        wrong.getParameters().get("05Linear_bias").getArray().set(new float[] {0, 0, 1, 0, 0});
        // Weights are drawn for each network, so the second gets a copy of the first one's.
        Block right = network();
        for (Pair<String, Parameter> pair : right.getParameters()) {
            if (!pair.getKey().equals("05Linear_bias")) {
                pair.getValue()
                        .getArray()
                        .set(wrong.getParameters().get(pair.getKey()).getArray().toFloatArray());
            }
        }
        return new Miswritten(right, wrong);
    }

    @Test
    void anExportThatDoesNotAgreeIsReportedButNotWritten() throws IOException {
        OnnxExporter exporter = OnnxExporter.of(miswritten());
        ExportReport report = exporter.report();
        assertFalse(report.parity().agrees());
        // at a value near 100, with its rounding
        assertEquals(1, report.parity().maxAbsolute(), 1e-4);
        String text = report.toString();
        assertTrue(text.contains(" nodes, ") && text.contains("DIFFERS, value 2: "), text);
        assertTrue(text.contains("is written by Gemm '/05Linear/Gemm' (transB 1), value 2: "), text);
        Path file = folder.resolve("wrong.onnx");
        JZooException refused = assertThrows(JZooException.class, () -> exporter.write(file));
        assertEquals(JZooException.Code.INTEGRITY, refused.code());
        assertTrue(refused.getMessage().contains("Gemm '/05Linear/Gemm'"), refused.getMessage());
        assertThrows(JZooException.class, exporter::export);
        assertEquals(List.of(), List.of(folder.toFile().list()));
    }

    @Test
    void aReportIsOfTheFileThatWouldBeWritten() throws IOException {
        OnnxExporter exporter = OnnxExporter.of(network());
        assertEquals(exporter.report(), exporter.export().report());
    }

    /** Adds pre- and post-processing, which are part of both files. */
    private static OnnxExporter whole(Block network) {
        return OnnxExporter.of(network)
                .before(PixelInput.unit(8, 6, 3, PixelInput.PixelLayout.CHANNELS_FIRST))
                .after(Postprocessing.softmax("probabilities"));
    }

    @Test
    void aFileIsHeldAgainstTheNetworkThatItIsOf() throws IOException {
        Miswritten both = miswritten();
        Block network = (Block) both.right();
        OnnxFile file = whole(network).export().file();
        FileReport same = whole(network).compare(file);
        assertTrue(same.agrees(), same.toString());
        assertEquals(0, same.parity().maxAbsolute(), 1e-6);
        // Folding changes the rounding and removes a node.
        assertTrue(whole(network)
                .compare(whole(network).foldBatchNormalization().export().file())
                .agrees());
        FileReport other =
                whole(network).compare(whole((Block) both.written()).export().file());
        assertTrue(other.export().parity().agrees(), other.toString());
        assertFalse(other.agrees());
        assertTrue(
                other.parity()
                        .disagreement()
                        .matches("probabilities at batch \\d.*: \\S+ in the network, \\S+ in the file"),
                other.toString());
        assertTrue(other.parity().firstDifference().contains("is written by Gemm '/05Linear/Gemm'"), other.toString());
    }

    @Test
    void aFileWithOtherInputsOrOutputsIsRefusedNamingBoth() throws IOException {
        Block network = network();
        OnnxFile bare = OnnxExporter.of(network).export().file();
        IllegalArgumentException inputs = assertThrows(
                IllegalArgumentException.class, () -> whole(network).compare(bare));
        assertEquals(
                "Cannot compare the file with the network: the file has the inputs [input float [batch, 3, 8, 6]], the"
                        + " network has [image uint8 [batch, 8, 6, 3]].",
                inputs.getMessage());
        IllegalArgumentException outputs = assertThrows(
                IllegalArgumentException.class,
                () -> OnnxExporter.of(network).outputs("logits").compare(bare));
        assertEquals(
                "Cannot compare the file with the network: the file has the outputs [output float [batch, 5]], the"
                        + " network has [logits float [batch, 5]].",
                outputs.getMessage());
    }

    @Test
    void anExportedFileStaysAsItIsWhenTheNetworkIsTrainedOn() throws IOException {
        Block network = network();
        OnnxFile file = OnnxExporter.of(network).export().file();
        Sha256 before = file.fingerprint().sha256();
        network.getParameters().forEach(pair -> pair.getValue().getArray().addi(1));
        assertEquals(before, file.fingerprint().sha256());
    }

    @Test
    void theOldFileStaysWhenTheExportDoesNotAgree() throws IOException {
        Path file = Files.writeString(folder.resolve("network.onnx"), "old");
        OnnxExporter exporter =
                OnnxExporter.of(network()).tolerance(new Tolerance(1e-15, 0, Tolerance.ErrorScale.VALUE));
        JZooException e = assertThrows(JZooException.class, () -> exporter.write(file));
        assertEquals(JZooException.Code.INTEGRITY, e.code());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("network.onnx"), List.of(folder.toFile().list()));
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "");
        JZooException e = assertThrows(
                JZooException.class, () -> OnnxExporter.of(network()).write(blocked.resolve("network.onnx")));
        assertEquals(JZooException.Code.FAILED, e.code());
    }
}
