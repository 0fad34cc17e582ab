package dev.jzoo.export.dl4j.keras.emission;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.RandomModels;
import dev.jzoo.export.dl4j.keras.model.RandomModels.LayerSpec;
import dev.jzoo.onnx.GraphBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests errors that parity within a tolerance could miss: a weight that was dropped, doubled, or changed in its last
 * bit.
 */
class WeightAccountTest {

    private KerasLayer layer;
    private WeightAccount account;

    @BeforeEach
    void open() throws IOException {
        LayerSpec spec = new LayerSpec(
                "Dense", "\"units\": 3", new int[] {4}, Map.of("kernel", new int[] {4, 3}, "bias", new int[] {3}));
        layer = RandomModels.of(spec, new Random(3)).leaves().get(0);
        account = new WeightAccount(new GraphBuilder(17));
    }

    private void writeBias() {
        account.write(layer, "bias", layer.weights().get("bias").values(), IntUnaryOperator.identity(), 3);
    }

    private void writeKernel(float[] values, IntUnaryOperator source) {
        account.write(layer, "kernel", values, source, 4, 3);
    }

    private float[] kernel() {
        return layer.weights().get("kernel").values().clone();
    }

    private void requireRefused() {
        var failure = assertThrows(UnsupportedNetworkException.class, () -> account.requireArrived(List.of(layer)));
        assertTrue(
                failure.getMessage().contains("layer (Dense): not all of its weights were written"),
                failure::getMessage);
    }

    @Test
    void anyOrderOfAllElementsIsAccepted() {
        writeBias();
        writeKernel(kernel(), i -> 11 - i);
        assertDoesNotThrow(() -> account.requireArrived(List.of(layer)));
    }

    @Test
    void weightThatIsMissingIsRefused() {
        writeKernel(kernel(), IntUnaryOperator.identity());
        requireRefused();
    }

    @Test
    void elementThatIsWrittenTwiceForAnotherIsRefused() {
        writeBias();
        writeKernel(kernel(), i -> i == 5 ? 6 : i);
        requireRefused();
    }

    @Test
    void elementThatBecameZeroIsRefused() {
        writeBias();
        writeKernel(kernel(), i -> i == 5 ? -1 : i);
        requireRefused();
    }

    @Test
    void elementWithAnotherLastBitIsRefused() {
        writeBias();
        float[] changed = kernel();
        changed[7] = Math.nextUp(changed[7]);
        writeKernel(changed, IntUnaryOperator.identity());
        requireRefused();
    }
}
