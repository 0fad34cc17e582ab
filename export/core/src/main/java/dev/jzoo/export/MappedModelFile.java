package dev.jzoo.export;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.InnerTensor;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.DataFormatException;
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

    /** What messages call it: nobody knows the path here. */
    private static final String NAME = "the network";

    private final Path folder;
    private final Path model;
    private final SessionSettings settings;
    private final List<String> dangers;

    MappedModelFile(OnnxFile file) throws IOException {
        folder = Files.createTempDirectory("jzoo-export");
        dangers = GraphChecker.dangers(file.graph());
        model = folder.resolve("network.onnx");
        settings = SessionSettings.standard().withWeights(SessionSettings.WeightPacking.AS_THEY_ARE);
        try {
            file.writeDraft(model, MAPPED);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Opens it, unless that could end this process. */
    OnnxModel open(Optimisation level) throws IOException {
        requireSafe(NAME);
        return OnnxModel.open(model, NAME, Device.cpu(), settings.withOptimisation(level));
    }

    private void requireSafe(String name) throws DataFormatException {
        if (!dangers.isEmpty()) {
            throw new DataFormatException(name, String.join(" ", dangers));
        }
    }

    /** Opens it with tensors of its graph as further outputs, whose types ONNX Runtime finds. */
    OnnxModel openWith(List<String> tensors, String name, Optimisation level) throws IOException {
        requireSafe(name);
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
