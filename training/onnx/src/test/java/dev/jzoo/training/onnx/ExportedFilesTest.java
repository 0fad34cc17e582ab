package dev.jzoo.training.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The files that the exporter's contract suites wrote, hundreds of networks of DJL and DL4J, as blocks. */
@Tag("acceptance")
class ExportedFilesTest {

    private static final List<Path> FOLDERS = List.of(
            Path.of("../../export/djl/target/contract-files"), Path.of("../../export/dl4j/target/contract-files"));

    /** Sizes of axes that have a name in the files. */
    private static final Map<String, Long> SIZES =
            Map.of("batch", 2L, "time", 6L, "length", 6L, "height", 30L, "width", 31L);

    /** Number of kinds that the smallest embedding has. */
    private static final int IDS = 2;

    /** Deep networks sum differently than ONNX Runtime does. */
    private static final double TOLERANCE = 1e-3;

    @Test
    void everyFileGivesWhatOnnxRuntimeGivesAndIsWrittenAsItWasReadOrIsRefusedByName() throws IOException {
        List<Path> files = exported();
        Assumptions.assumeFalse(
                files.isEmpty(),
                "skipped: nothing in " + FOLDERS
                        + ", where `mvn verify` leaves what the exporter's contract suites wrote");
        new DjlEngine().start(Compute.standard(), 1);
        List<String> refused = new ArrayList<>();
        List<String> different = new ArrayList<>();
        for (Path path : files) {
            try (NDManager manager = NDManager.newBaseManager()) {
                compare(path, manager);
            } catch (UnsupportedGraphException e) {
                refused.add(path.getFileName() + ": " + e.getMessage());
            } catch (IOException | RuntimeException | AssertionError e) {
                different.add(path.getFileName() + ": " + e.getMessage());
            }
        }
        System.out.println(
                files.size() + " exported files, " + refused.size() + " refused:\n  " + String.join("\n  ", refused));
        assertTrue(different.isEmpty(), () -> String.join("\n  ", different));
        assertTrue(refused.size() <= files.size() / 20, refused.size() + " files were refused");
    }

    private static List<Path> exported() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> listed = Files.list(folder)) {
                    listed.filter(file -> file.toString().endsWith(".onnx"))
                            .sorted()
                            .forEach(files::add);
                }
            }
        }
        return files;
    }

    private static void compare(Path path, NDManager manager) throws IOException {
        OnnxFile file = OnnxFile.read(path);
        OnnxBlock block = Passes.initialised(OnnxBlock.of(file), manager);
        List<TensorData> inputs = Passes.random(file, SIZES, IDS, new Random(5));
        Passes.assertClose(Passes.runtime(file, inputs), Passes.outputs(block, manager, inputs), TOLERANCE);
        assertTrue(Arrays.equals(file.toBytes(), block.written().toBytes()), "it is written with other bytes");
    }
}
