package dev.jzoo.training.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The text counts from 0, so that a character tells where it stands. */
class TextExamplesTest {

    private static final int WINDOW = 5;

    private static int[] text(int length) {
        return IntStream.range(0, length).toArray();
    }

    private static float[] read(TextExamples examples, int epoch, int index) {
        float[] inputs = new float[examples.window()];
        float[] targets = new float[examples.window()];
        examples.read(new int[] {index}, 0, 1, epoch, inputs, targets);
        for (int i = 0; i < inputs.length; i++) {
            assertEquals(inputs[i] + 1, targets[i], "the target is the character behind");
        }
        return inputs;
    }

    @Test
    void shuffledWindowsCoverTheTextOnceFromAPlaceThatMoves() {
        TextExamples examples = TextExamples.shuffled(text(103), WINDOW, 7);
        Set<Integer> beginnings = new HashSet<>();
        for (int epoch = 0; epoch < 40; epoch++) {
            int first = (int) read(examples, epoch, 0)[0];
            beginnings.add(first);
            for (int i = 0; i < examples.size(); i++) {
                assertEquals(first + i * WINDOW, read(examples, epoch, i)[0]);
            }
        }
        assertEquals(Set.of(0, 1, 2, 3, 4), beginnings);
        assertEquals(19, examples.size());
        assertEquals(Examples.Order.SHUFFLED, examples.order());
    }

    @Test
    void noWindowReachesBeyondTheShortestTextThatIsAllowed() {
        for (int epoch = 0; epoch < 20; epoch++) {
            read(TextExamples.shuffled(text(2 * WINDOW), WINDOW, 3), epoch, 0);
        }
        assertThrows(IllegalArgumentException.class, () -> TextExamples.shuffled(text(2 * WINDOW - 1), WINDOW, 3));
    }

    @Test
    void eachPlaceOfABatchGoesOnWhereItHasEndedInTheOneBefore() {
        int batch = 3;
        TextExamples examples = TextExamples.continuing(text(103), WINDOW, batch, 7);
        assertEquals(18, examples.size());
        assertEquals(Examples.Order.CONTINUING, examples.order());
        for (int i = batch; i < examples.size(); i++) {
            assertEquals(read(examples, 4, i - batch)[WINDOW - 1] + 1, read(examples, 4, i)[0]);
        }
        Set<Float> seen = new HashSet<>();
        for (int i = 0; i < examples.size(); i++) {
            assertTrue(seen.add(read(examples, 4, i)[0]), "each window once");
        }
    }

    @Test
    void aTextThatIsTooShortForABatchIsRefusedSayingWhatToDo() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> TextExamples.continuing(text(50), WINDOW, 64, 1))
                .getMessage();
        assertTrue(message.contains("50 characters") && message.contains("smaller batches"), message);
    }

    @Test
    void windowsToMeasureOnCoverEveryCharacterButTheFirst() {
        for (int length : new int[] {6, 7, 8, 30, 31, 32, 33}) {
            TextExamples windows = TextExamples.covering(text(length), WINDOW, 3);
            Set<Integer> targets = new HashSet<>();
            for (int i = 0; i < windows.size(); i++) {
                int start = windows.start(i, 0);
                assertTrue(i == 0 ? start == 0 : start - windows.start(i - 1, 0) <= 3, "stride");
                IntStream.rangeClosed(start + 1, start + WINDOW).forEach(targets::add);
            }
            assertEquals(IntStream.range(1, length).boxed().collect(java.util.stream.Collectors.toSet()), targets);
        }
        assertThrows(IllegalArgumentException.class, () -> TextExamples.covering(text(WINDOW), WINDOW, 3));
    }

    @Test
    void aRangeHasTheSameWindows() {
        TextExamples windows = TextExamples.covering(text(40), WINDOW, 2);
        assertArrayEquals(read(windows, 0, 6), read(windows.range(4, 9), 0, 2));
        assertEquals(5, windows.range(4, 9).size());
    }
}
