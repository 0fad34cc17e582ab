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

/** Networks as DL4J's {@code ModelSerializer} saves them: a zip with {@code configuration.json} and {@code coefficients.bin}. */
public final class Dl4jZip {

    private Dl4jZip() {}

    /**
     * Reads a network for inference: a {@code MultiLayerNetwork} or a {@code ComputationGraph}. It caches nothing for a backward pass.
     *
     * @throws DataFormatException where it is neither, or names a class that is not allowed: see
     *     {@link dev.jzoo.export.dl4j.saved.SavedClasses}
     */
    public static Model read(Path file) throws IOException {
        try (NetworkZip zip = NetworkZip.open(file, file.toString())) {
            return inference(zip);
        }
    }

    /** Reads a network with the normalizer of its data, where the file has one. Fails as {@link #read} does. */
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
     * Reads a network to be trained further, with what its optimiser remembers.
     *
     * @param in the zip; not closed
     * @param name of what is read in messages
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
