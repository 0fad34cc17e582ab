package dev.jzoo.export;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file on the disk for as long as it is examined, so that ONNX Runtime maps large weights into memory and no copy of them
 * stands on the heap.
 */
final class MappedModelFile implements AutoCloseable {

    /** Bytes of weights from which on they lie beside the model. */
    private static final long MAPPED = 16 << 20;

    private final Path folder;
    private final Path model;
    private final SessionSettings settings;

    MappedModelFile(OnnxFile file) throws IOException {
        folder = Files.createTempDirectory("jzoo-export");
        model = folder.resolve("network.onnx");
        settings = SessionSettings.standard().withWeights(SessionSettings.WeightPacking.AS_THEY_ARE);
        try {
            file.writeDraft(model, MAPPED);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    OnnxModel open(Optimisation level) throws IOException {
        return OnnxModel.open(model, Device.cpu(), settings.withOptimisation(level));
    }

    /** What ONNX Runtime says of the file, without the path: nobody knows the one here. */
    String said(Exception failure) {
        return String.valueOf(failure.getMessage()).replace(model.toString(), "it");
    }

    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
