package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keras 1 and 2 models in HDF5, {@code model.save("model.h5")}, through DL4J's own import. Needs
 * {@code org.deeplearning4j:deeplearning4j-modelimport} and {@code org.bytedeco:hdf5} with the natives of the platform on the
 * classpath. HDF5 is native code that trusts its files: a damaged one may end the process.
 *
 * <pre>{@code
 * KerasFile.exporter(Path.of("model.h5")).write(Path.of("model.onnx"));
 * }</pre>
 */
public final class KerasFile {

    private KerasFile() {}

    /** Whether a file has the signature of HDF5, whatever its name is. Needs no library. */
    public static boolean isHdf5(Path file) throws IOException {
        return Hdf5Superblock.find(file).isPresent();
    }

    /**
     * Reads a network: a {@code MultiLayerNetwork} of a sequential model, a {@code ComputationGraph} of any other.
     *
     * @throws DataFormatException if the file is no HDF5 file, is truncated, or holds no model of Keras 1 or 2
     * @throws UnsupportedNetworkException naming every layer that DL4J's import does not know, or a setting of it
     * @throws JZooException {@link Code#FAILED} if a library is missing
     */
    public static Object network(Path h5) throws IOException {
        return read(h5).network();
    }

    /**
     * Begins the export of a file, with inputs as the file declares them: DL4J's network alone often cannot tell the size of
     * its images. Fails as {@link #network} does.
     */
    public static OnnxExporter exporter(Path h5) throws IOException {
        KerasImport model = read(h5);
        OnnxExporter exporter = OnnxExporter.of(model.network());
        model.inputs().forEach(input -> exporter.input(input.name(), DataType.FLOAT, input.shape()));
        return exporter;
    }

    private static KerasImport read(Path h5) throws IOException {
        Hdf5Superblock.find(h5)
                .orElseThrow(() -> new DataFormatException(
                        h5,
                        "no HDF5 signature at byte 0 or behind it. Expected a model that Keras 1 or 2 saved with"
                                + " model.save(\"model.h5\"); save a .keras file or a SavedModel so."))
                .requireWhole(h5);
        try {
            return KerasImport.of(h5);
        } catch (LinkageError e) {
            throw new JZooException(
                    Code.FAILED,
                    "Keras files cannot be read: a library is missing or does not load here (" + e.getMessage() + ").",
                    "Add org.deeplearning4j:deeplearning4j-modelimport and org.bytedeco:hdf5, with the classifier of your"
                            + " platform, to the classpath. DL4J's version of HDF5 has none for macOS on ARM.",
                    e);
        }
    }
}
