package dev.jzoo.export.dl4j;

import dev.jzoo.export.InputDeclaration;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.dl4j.keras.KerasFile;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.FileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with a trained network that DL4J can read: a zip of its {@code ModelSerializer}, or a Keras model in HDF5. The
 * kind is recognised by the first bytes, not by the name. A normalizer in the zip becomes part of the exported file.
 *
 * <pre>{@code
 * NetworkFile.exporter(Path.of("network.zip")).write(Path.of("network.onnx"));
 * }</pre>
 */
public final class NetworkFile {

    private NetworkFile() {}

    /**
     * Begins the export of a file, with inputs as its configuration declares them.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException if the file is of another kind or damaged
     */
    public static OnnxExporter exporter(Path file) throws IOException {
        return KerasFile.isHdf5(file) ? KerasFile.exporter(file) : OnnxExporter.of(zip(file));
    }

    /**
     * Reads a zip. A file that is not a zip is reported with its kind, because a zip reader would only report that it
     * finds no end.
     */
    private static Object zip(Path file) throws IOException {
        byte[] head = FileKind.head(file);
        String kind = FileKind.describe(head);
        if (head.length < 2 || head[0] != 'P' || head[1] != 'K' || kind.contains("PyTorch")) {
            throw new DataFormatException(
                    file,
                    "expected a zip that Deeplearning4j's ModelSerializer saved, or a Keras model in HDF5; found "
                            + kind);
        }
        return Dl4jZip.readNormalized(file);
    }

    /**
     * Begins the export of a file, with other inputs.
     *
     * @param inputs all inputs of the network, in its order; empty to keep those of the configuration
     */
    public static OnnxExporter exporter(Path file, List<InputDeclaration> inputs) throws IOException {
        if (inputs.isEmpty()) {
            return exporter(file);
        }
        OnnxExporter exporter = OnnxExporter.of(KerasFile.isHdf5(file) ? KerasFile.network(file) : zip(file));
        inputs.forEach(exporter::input);
        return exporter;
    }
}
