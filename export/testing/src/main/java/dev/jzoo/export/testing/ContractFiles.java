package dev.jzoo.export.testing;

import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files that the contract suites of this JVM exported, for other programs and other modules. */
public enum ContractFiles {
    /** Hundreds of small networks. They stay, because the training module's acceptance trains them. */
    SMALL("contract-files"),
    /** Whole architectures, hundreds of megabytes, for the acceptance, which deletes them after checking them. */
    LARGE("contract-files-large");

    private final Path folder;
    private int count;

    ContractFiles(String folder) {
        this.folder = Path.of("target", folder);
    }

    /** Returns the folder of the files. */
    Path folder() {
        return folder;
    }

    /**
     * Keeps a file.
     *
     * @param part name of the exported part
     */
    public synchronized void keep(String part, OnnxFile file) throws IOException {
        if (count == 0) {
            Files.createDirectories(folder);
            clear();
        }
        String name = "%04d-%s-opset%d.onnx".formatted(count++, part.replaceAll("[^A-Za-z0-9]+", "_"), file.opset());
        file.writeDraft(folder.resolve(name.length() > 120 ? name.substring(name.length() - 120) : name), 1L << 30);
    }

    /** Returns the number of files that were kept in this JVM. */
    synchronized int count() {
        return count;
    }

    /** Deletes the files that were kept by this run or an earlier one. */
    void clear() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.getFileName().toString().matches(".*\\.onnx(\\.data)?"))
                    .toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
