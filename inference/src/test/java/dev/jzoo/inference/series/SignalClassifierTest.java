package dev.jzoo.inference.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Classification;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.Fixtures;
import dev.jzoo.inference.Label;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The models score "up" as the first of three values plus 1, "down" as the sum of the others plus 1. */
class SignalClassifierTest {

    private static SignalClassifier classifier(String name) throws IOException {
        return SignalClassifier.open(Fixtures.file(name), Device.cpu());
    }

    @Test
    void signalsAreClassifiedWithTheLabelsOfTheCard() throws Exception {
        try (SignalClassifier signals = classifier("signals.onnx")) {
            List<Classification> results = signals.classify(List.of(new double[] {3, 0, 1}, new double[] {1, 2, 2}));
            assertEquals(
                    List.of(new Label("up", 4), new Label("down", 2)),
                    results.get(0).labels());
            assertEquals(new Label("down", 5), results.get(1).best());
            assertEquals(3, signals.length());
            assertEquals(List.of("up", "down"), signals.labels());
        }
    }

    @Test
    void aSignalOfAnotherLengthIsRefusedNamingBothLengths() throws Exception {
        try (SignalClassifier signals = classifier("signals.onnx")) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> signals.classify(1, 2, 3, 4));
            assertTrue(e.getMessage().endsWith("expects 3 values, found 4."), e.getMessage());
        }
    }

    @Test
    void labelsThatDoNotFitTheOutputAreRefused() {
        DataFormatException e = assertThrows(DataFormatException.class, () -> classifier("signals-three-labels.onnx"));
        assertTrue(e.getMessage().contains("3 labels for 2 classes"), e.getMessage());
    }

    @Test
    void aClassifierOfPicturesIsRefused() {
        JZooException e = assertThrows(JZooException.class, () -> classifier("quadrants.onnx"));
        assertEquals(JZooException.Code.BAD_INPUT, e.code());
        assertTrue(e.getMessage().contains("is not a classifier of signals"), e.getMessage());
    }
}
