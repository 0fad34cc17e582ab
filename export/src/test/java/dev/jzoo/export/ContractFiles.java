package dev.jzoo.export;

import dev.jzoo.export.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that the contract suites of this JVM exported, for programs of others to read. They lie in {@code
 * target/contract-files}, or in the folder that the property {@code jzoo.contract.files} names.
 */
public final class ContractFiles {

    static final Path FOLDER = Path.of(System.getProperty("jzoo.contract.files", "target/contract-files"));

    private static int count;

    private ContractFiles() {}

    /**
     * Keeps a file.
     *
     * @param part what was exported
     */
    public static synchronized void keep(String part, OnnxFile file) throws IOException {
        if (count == 0) {
            Files.createDirectories(FOLDER);
            clear();
        }
        String name = "%04d-%s-opset%d.onnx".formatted(count++, part.replaceAll("[^A-Za-z0-9]+", "_"), file.opset());
        file.writeDraft(FOLDER.resolve(name.length() > 120 ? name.substring(name.length() - 120) : name), 1L << 30);
    }

    /** Number of files that were kept in this JVM. */
    static synchronized int count() {
        return count;
    }

    /** Deletes what was kept, now or by an earlier run. */
    static void clear() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(FOLDER)) {
            files = listed.filter(file -> file.getFileName().toString().matches(".*\\.onnx(\\.data)?"))
                    .toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
