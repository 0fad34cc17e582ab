package dev.jzoo.training.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.network.Initialisation;
import dev.jzoo.training.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayeredNetworkTest {

    private static final LayeredNetwork DESIGN = LayeredNetwork.of(Network.of(4)
                    .dense(3)
                    .relu()
                    .dropout(0.3)
                    .dense(3)
                    .dropout(0.1)
                    .dense(2))
            .endingIn("softmax");

    @Test
    void everyDropoutGetsTheNewShare() {
        assertEquals(
                "4 -> dense 3 -> ReLU -> dropout 0.5 -> dense 3 -> dropout 0.5 -> dense 2 -> softmax",
                DESIGN.withDropout(0.5).orElseThrow().toString());
        assertEquals(
                List.of(0.5, 0.5),
                DESIGN.withDropout(0.5).orElseThrow().outline().dropouts());
        assertEquals(
                DESIGN.initialisation(), DESIGN.withDropout(0.5).orElseThrow().initialisation());
    }

    @Test
    void aShareOf0LeavesDropoutOut() {
        assertEquals(
                "4 -> dense 3 -> ReLU -> dense 3 -> dense 2 -> softmax",
                DESIGN.withDropout(0).orElseThrow().toString());
    }

    @Test
    void aNetworkWithoutDropoutGetsNone() {
        assertTrue(LayeredNetwork.of(Network.of(4).dense(2)).withDropout(0.5).isEmpty());
    }

    @Test
    void wordsSayHowWeightsBegin() {
        assertEquals(
                "by the seed, the same in every engine: Glorot normal, biases 0",
                DESIGN.withInitialisation(Initialisation.GLOROT_NORMAL)
                        .orElseThrow()
                        .initialisation());
        NetworkDesign recurrent =
                LayeredNetwork.of(Network.of(1, 3).lstm(2).lastStep().dense(1));
        assertEquals(
                "by the seed, the same in every engine: LeCun normal, recurrent weights orthogonal, biases 0 but an LSTM's"
                        + " forget gate's 1",
                recurrent.withInitialisation(Initialisation.LECUN).orElseThrow().initialisation());
    }
}
