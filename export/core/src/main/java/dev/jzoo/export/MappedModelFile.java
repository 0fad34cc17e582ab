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
 * A copy of a model on disk while it is examined. ONNX Runtime maps its large weights into memory, so no copy of them
 * is on the heap.
 */
final class MappedModelFile implements AutoCloseable {

    /** Size of the weights, in bytes, from which they are stored in a separate file. */
    private static final long MAPPED = 16 << 20;

    /** Name of the model in messages: the user does not know the path of this copy. */
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

    /** Opens the model, unless loading it could crash this process. */
    OnnxModel open(Optimisation level) throws IOException {
        requireSafe(NAME);
        return OnnxModel.open(model, NAME, Device.cpu(), settings.withOptimisation(level));
    }

    private void requireSafe(String name) throws DataFormatException {
        if (!dangers.isEmpty()) {
            throw new DataFormatException(name, String.join(" ", dangers));
        }
    }

    /** Opens the model with tensors of its graph as further outputs. ONNX Runtime finds their types. */
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
