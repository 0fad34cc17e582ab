package dev.jzoo.training.fit;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.zoo.DataFormatException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;

/**
 * A network with the weights that a {@link Learner} saved. Holds native memory until it is closed.
 *
 * @param network the engine's own, to export
 * @param release frees its memory
 */
public record SavedNetwork(Object network, Runnable release) implements AutoCloseable {

    /**
     * Gives a DJL block the parameters that a {@link DjlLearner} saved.
     *
     * @param manager owner of the parameters; closed with the result, and where the file cannot be read
     * @param block initialised
     * @throws DataFormatException where the file does not hold parameters of that block
     */
    public static SavedNetwork djl(NDManager manager, Block block, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            block.loadParameters(manager, in);
            return new SavedNetwork(block, manager::close);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            manager.close();
            throw new DataFormatException(file, "no parameters of the recipe's network: " + e.getMessage());
        }
    }

    /**
     * Reads the network that a {@link Dl4jLearner} saved.
     *
     * @throws DataFormatException where the file does not hold one
     */
    public static SavedNetwork dl4j(Path file) throws IOException {
        try {
            Model network = Dl4jZip.read(file);
            return new SavedNetwork(network, network::close);
        } catch (IOException | RuntimeException e) {
            throw new DataFormatException(file, "no network that Deeplearning4j saved: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        release.run();
    }
}
