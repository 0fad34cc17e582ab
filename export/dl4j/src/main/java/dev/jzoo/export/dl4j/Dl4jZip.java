package dev.jzoo.export.dl4j;

import dev.jzoo.export.dl4j.saved.NetworkZip;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * A reader of networks that DL4J's {@code ModelSerializer} saved: a zip with {@code configuration.json} and {@code
 * coefficients.bin}.
 */
public final class Dl4jZip {

    private Dl4jZip() {}

    /**
     * Reads a network for inference: a {@code MultiLayerNetwork} or a {@code ComputationGraph}. It caches nothing for a
     * backward pass.
     *
     * @throws DataFormatException if the file is not such a network, or names a class that is not allowed: see {@link
     * dev.jzoo.export.dl4j.saved.SavedClasses}
     */
    public static Model read(Path file) throws IOException {
        try (NetworkZip zip = NetworkZip.open(file, file.toString())) {
            return inference(zip);
        }
    }

    /** Reads a network, and the normalizer of its data if the file has one. Fails like {@link #read}. */
    static NormalizedNetwork readNormalized(Path file) throws IOException {
        try (NetworkZip zip = NetworkZip.open(file, file.toString())) {
            Model network = inference(zip);
            return zip.normalizer()
                    .map(normalizer -> NormalizedNetwork.of(network, normalizer))
                    .orElse(NormalizedNetwork.without(network))
                    .with(zip.notes());
        }
    }

    private static Model inference(NetworkZip zip) throws IOException {
        Model network = zip.network();
        if (network instanceof MultiLayerNetwork chain) {
            chain.setCacheMode(CacheMode.NONE);
        } else {
            ((ComputationGraph) network).setCacheMode(CacheMode.NONE);
        }
        return network;
    }

    /**
     * Reads a network for further training, with its optimiser's state.
     *
     * @param in the zip; not closed
     * @param name name of the source in messages
     */
    public static Model readWithUpdater(InputStream in, String name) throws IOException {
        Path copy = Files.createTempFile("network", ".zip");
        try {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            try (NetworkZip zip = NetworkZip.open(copy, name)) {
                Model network = zip.network();
                zip.restoreUpdater(network);
                return network;
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
