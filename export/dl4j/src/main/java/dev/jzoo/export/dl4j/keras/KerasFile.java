package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.hdf5.Hdf5Superblock;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.model.ModelReader;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keras 2 models in HDF5, {@code model.save("model.h5")}. They are read in plain Java, and the export is compared with
 * a computation from Keras's own definitions before a file is written.
 *
 * <pre>{@code
 * KerasFile.exporter(Path.of("model.h5")).write(Path.of("model.onnx"));
 * }</pre>
 */
public final class KerasFile {

    private KerasFile() {}

    /** Returns whether a file has the signature of HDF5, whatever its name. */
    public static boolean isHdf5(Path file) throws IOException {
        return Hdf5Superblock.find(file).isPresent();
    }

    /**
     * Reads a model, which {@link OnnxExporter#of} accepts.
     *
     * @throws DataFormatException if the file is not an HDF5 file, is truncated, or does not contain a whole model of
     * Keras 2
     * @throws UnsupportedNetworkException naming every layer with an unsupported class or setting
     */
    public static KerasModel network(Path h5) throws IOException {
        if (!isHdf5(h5)) {
            throw new DataFormatException(
                    h5,
                    "no HDF5 signature found. Expected a model that Keras 2 saved with"
                            + " model.save(\"model.h5\"). If you have a .keras file or a SavedModel, load it with"
                            + " Keras 2 and save it this way.");
        }
        return ModelReader.read(h5);
    }

    /** Begins the export of a file, with inputs as the file declares them. Fails like {@link #network}. */
    public static OnnxExporter exporter(Path h5) throws IOException {
        return OnnxExporter.of(network(h5));
    }
}
