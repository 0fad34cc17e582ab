package dev.jzoo.export.dl4j;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.dl4j.keras.KerasFile;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A file with a trained network that DL4J can read: a zip of its {@code ModelSerializer}, or a Keras model in HDF5. The first
 * bytes tell which of them it is, not its name. A normalizer in the zip becomes part of the exported file.
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
     * @throws dev.jzoo.zoo.error.DataFormatException if the file is neither, or is damaged
     */
    public static OnnxExporter exporter(Path file) throws IOException {
        return KerasFile.isHdf5(file) ? KerasFile.exporter(file) : OnnxExporter.of(Dl4jZip.readNormalized(file));
    }

    /**
     * As {@link #exporter(Path)}, with other inputs.
     *
     * @param inputs shape of each input by its name; none to keep those of the configuration
     */
    public static OnnxExporter exporter(Path file, Map<String, List<Dimension>> inputs) throws IOException {
        if (inputs.isEmpty()) {
            return exporter(file);
        }
        OnnxExporter exporter =
                OnnxExporter.of(KerasFile.isHdf5(file) ? KerasFile.network(file) : Dl4jZip.readNormalized(file));
        inputs.forEach((name, shape) -> exporter.input(name, DataType.FLOAT, shape));
        return exporter;
    }
}
