package dev.jzoo.training.scratch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's own file of weights: what is written is read, and a damaged or strange file changes nothing. */
class WeightFileTest {

    private static final Network NETWORK =
            Network.of(1, 4, 4).normalisedConvolution(2, 3).residual(2, 1).dense(3);

    private static NeuralNetwork network(long seed, Network form) {
        return new LayerBuilder(new InitialWeights(seed)).build(form).network();
    }

    private static byte[] written(NeuralNetwork network) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WeightFile.write(out, network);
        return out.toByteArray();
    }

    private static String refused(byte[] bytes) throws IOException {
        NeuralNetwork network = network(2, NETWORK);
        byte[] before = written(network);
        DataFormatException e = assertThrows(
                DataFormatException.class,
                () -> WeightFile.read(new ByteArrayInputStream(bytes), network, "mine.doubles"));
        assertArrayEquals(before, written(network), "nothing is read");
        assertTrue(e.getMessage().startsWith("mine.doubles: "), e.getMessage());
        return e.getMessage();
    }

    @Test
    void weightsAndRunningAveragesAreReadAsTheyWereWritten() throws IOException {
        byte[] bytes = written(network(1, NETWORK));
        NeuralNetwork other = network(2, NETWORK);
        WeightFile.read(new ByteArrayInputStream(bytes), other, "mine.doubles");
        assertArrayEquals(bytes, written(other));
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(text.startsWith("JZSW") && text.contains("1.runningMean") && text.contains("3.body.0.weight"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11, 20, 200, -1})
    void aFileThatEndsEarlyIsRefused(int length) throws IOException {
        byte[] bytes = written(network(1, NETWORK));
        String message = refused(Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length));
        assertTrue(message.contains("the file ends early"), message);
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        byte[] bytes = written(network(1, NETWORK));
        bytes[0] = 'X';
        assertTrue(refused(bytes).contains("to be JZSW"));
        byte[] newer = written(network(1, NETWORK));
        newer[7] = 2;
        assertTrue(refused(newer).contains("the version to be 1, found 2"));
    }

    @Test
    void theWeightsOfAnotherNetworkAreRefused() throws IOException {
        assertTrue(refused(written(network(1, Network.of(4).dense(3)))).contains("number of arrays"));
        Network wider =
                Network.of(1, 4, 4).normalisedConvolution(3, 3).residual(3, 1).dense(3);
        String message = refused(written(network(1, wider)));
        assertEquals("mine.doubles: '0.weight': expected 18 values, found 27", message);
    }
}
