package dev.jzoo.export;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.InnerTensor;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** Opens it with tensors of its graph as further outputs, whose types ONNX Runtime finds. */
    OnnxModel openWith(List<String> tensors, String name, Optimisation level) throws IOException {
        try (OutputStream longer = Files.newOutputStream(model, StandardOpenOption.APPEND)) {
            for (String tensor : tensors) {
                longer.write(InnerTensor.asOutput(new byte[0], tensor));
            }
        }
        return OnnxModel.open(model, name, Device.cpu(), settings.withOptimisation(level));
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
