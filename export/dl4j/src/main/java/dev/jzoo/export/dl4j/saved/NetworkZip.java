package dev.jzoo.export.dl4j.saved;

import dev.jzoo.export.dl4j.network.UndrawnNetwork;
import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/** A zip that DL4J's {@code ModelSerializer} wrote. Its entries are read only when they are requested. */
@Internal
public final class NetworkZip implements AutoCloseable {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String NO_PARAMETERS = "noParams.marker";
    private static final String UPDATER = "updaterState.bin";
    private static final String NORMALIZER = "normalizer.bin";

    /** The entry in which DL4J before 0.9 stored a preprocessor by Java serialisation. */
    private static final String PREPROCESSOR = "preprocessor.bin";

    private static final int LONGEST_CONFIGURATION = 64 << 20;
    private static final int MOST_ENTRIES = 1000;

    private final ZipFile zip;
    private final String name;

    private NetworkZip(ZipFile zip, String name) {
        this.zip = zip;
        this.name = name;
    }

    /**
     * Opens a file.
     *
     * @param name name of the file in messages
     * @throws DataFormatException if it is not such a zip
     */
    public static NetworkZip open(Path file, String name) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw new DataFormatException(
                    name,
                    "expected a zip that Deeplearning4j's ModelSerializer saved, or a Keras model in HDF5; found a damaged"
                            + " or truncated zip (" + reason(e) + ")");
        }
        try {
            requireEntries(zip, name);
            return new NetworkZip(zip, name);
        } catch (IOException e) {
            zip.close();
            throw e;
        }
    }

    private static void requireEntries(ZipFile zip, String name) throws IOException {
        if (zip.getEntry("model.weights.h5") != null) {
            throw new DataFormatException(
                    name,
                    "expected a network that ModelSerializer saved, or a Keras model in HDF5; found a .keras"
                            + " file. Save the model with Keras 2 as HDF5: model.save(\"model.h5\").");
        }
        if (zip.getEntry(CONFIGURATION) == null || zip.getEntry(COEFFICIENTS) == null) {
            throw new DataFormatException(
                    name,
                    "expected a network that ModelSerializer saved, with configuration.json and coefficients.bin;"
                            + " found a zip without them");
        }
        if (zip.size() > MOST_ENTRIES) {
            throw new DataFormatException(
                    name,
                    "expected a network with at most " + MOST_ENTRIES + " entries, found " + zip.size() + " entries");
        }
        Set<String> seen = new HashSet<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            if (!seen.add(entry.getName())) {
                throw new DataFormatException(name, "expected each entry once, found '" + entry.getName() + "' twice");
            }
        }
    }

    /** Reads the network: a {@code MultiLayerNetwork} or a {@code ComputationGraph}. */
    public Model network() throws IOException {
        Object configuration = configuration();
        try {
            Model network = configuration instanceof MultiLayerConfiguration chain
                    ? chain(chain)
                    : graph((ComputationGraphConfiguration) configuration);
            requireWhole(network);
            return network;
        } catch (NetworkFormatException e) {
            throw new DataFormatException(name, COEFFICIENTS + ": " + e.getMessage());
        } catch (RuntimeException e) {
            // A configuration with contradictory settings makes DL4J throw almost any exception.
            throw new DataFormatException(
                    name, "Deeplearning4j cannot create a network from its " + CONFIGURATION + ": " + e);
        }
    }

    private Object configuration() throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(CONFIGURATION))) {
            byte[] bytes = in.readNBytes(LONGEST_CONFIGURATION + 1);
            if (bytes.length > LONGEST_CONFIGURATION) {
                throw new NetworkFormatException("expected at most " + LONGEST_CONFIGURATION + " bytes, found more");
            }
            return SavedConfiguration.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            throw new DataFormatException(
                    name, CONFIGURATION + ": " + (e instanceof IOException unread ? reason(unread) : e.getMessage()));
        }
    }

    private MultiLayerNetwork chain(MultiLayerConfiguration configuration) throws IOException {
        INDArray parameters = parameters(UndrawnNetwork.parameters(configuration));
        if (parameters != null) {
            configuration.setDataType(parameters.dataType());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(parameters, false);
        return network;
    }

    private ComputationGraph graph(ComputationGraphConfiguration configuration) throws IOException {
        INDArray parameters = parameters(UndrawnNetwork.parameters(configuration));
        if (parameters != null) {
            configuration.setDataType(parameters.dataType());
        }
        ComputationGraph network = new ComputationGraph(configuration);
        network.init(parameters, false);
        return network;
    }

    /** Reads the parameters; null if the network has none, as DL4J expects. */
    private INDArray parameters(long count) throws IOException {
        if (count == 0
                && (zip.getEntry(NO_PARAMETERS) != null
                        || zip.getEntry(COEFFICIENTS).getSize() == 0)) {
            return null;
        }
        return vector(COEFFICIENTS, count);
    }

    private INDArray vector(String entry, long count) throws IOException {
        try (InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(entry)))) {
            SavedArray array = new SavedArray(in);
            INDArray vector = array.vector(count, count);
            array.requireEnd();
            return vector;
        } catch (ZipException | EOFException e) {
            throw new NetworkFormatException(reason(e));
        }
    }

    /** Returns the reason why a zip cannot be unpacked. The JDK has no message for a truncated zip. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? "it is truncated" : e.getMessage();
    }

    /** Checks the sizes of all parameters. Sizes whose product overflows could give a count that fits. */
    private static void requireWhole(Model network) throws NetworkFormatException {
        long count = network.params() == null ? 0 : network.params().length();
        long total = 0;
        for (Map.Entry<String, INDArray> parameter : network.paramTable().entrySet()) {
            INDArray array = parameter.getValue();
            if (!SavedArray.hasElements(array.shape(), array.length())) {
                throw new NetworkFormatException("the sizes of the parameter '" + parameter.getKey()
                        + "' are too large: " + Arrays.toString(array.shape()));
            }
            total += array.length();
        }
        if (total != count) {
            throw new NetworkFormatException("expected " + total + " values, found " + count);
        }
    }

    /** Restores the optimiser's state of a network that {@link #network} read, if the file has one. */
    public void restoreUpdater(Model network) throws IOException {
        if (zip.getEntry(UPDATER) == null) {
            return;
        }
        try {
            if (network instanceof MultiLayerNetwork chain) {
                INDArray state =
                        vector(UPDATER, chain.getUpdater().getStateViewArray().length());
                chain.getUpdater().setStateViewArray(chain, state, false);
            } else {
                ComputationGraph graph = (ComputationGraph) network;
                graph.getUpdater()
                        .setStateViewArray(vector(
                                UPDATER, graph.getUpdater().getStateViewArray().length()));
            }
        } catch (NetworkFormatException e) {
            throw new DataFormatException(name, UPDATER + ": " + e.getMessage());
        }
    }

    /** Reads the normalizer of the network's data, if the file has a known one: see {@link #notes}. */
    public Optional<Normalizer<?>> normalizer() throws IOException {
        return Optional.ofNullable(savedNormalizer().normalizer());
    }

    private NormalizerFile.SavedNormalizer savedNormalizer() throws IOException {
        if (zip.getEntry(NORMALIZER) == null) {
            return new NormalizerFile.SavedNormalizer(null, "");
        }
        try (InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(NORMALIZER)))) {
            return NormalizerFile.read(in);
        } catch (NetworkFormatException e) {
            throw new DataFormatException(name, NORMALIZER + ": " + e.getMessage());
        }
    }

    /** Returns the contents of the file that concern the network's data and are not read, one sentence each. */
    public List<String> notes() throws IOException {
        List<String> notes = new ArrayList<>();
        String unknown = savedNormalizer().unknown();
        if (!unknown.isEmpty()) {
            notes.add(note(NORMALIZER, unknown));
        }
        if (zip.getEntry(PREPROCESSOR) != null) {
            notes.add(note(PREPROCESSOR, "a preprocessor as a serialised Java object"));
        }
        return notes;
    }

    private String note(String entry, String content) {
        return name + " has " + content + " (" + entry
                + "), which is not part of the exported file. Prepare the data for that file in your own"
                + " code, as in training.";
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
