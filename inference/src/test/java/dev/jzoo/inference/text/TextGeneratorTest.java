package dev.jzoo.inference.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests with counters. They write the character whose number is the count of characters read so far, modulo 8, with
 * probability 0.9. A character that is read twice, or not at all, shifts all later ones.
 */
class TextGeneratorTest {

    private static TextGenerator generator(String name) throws IOException {
        return TextGenerator.open(Fixtures.file(name), Device.cpu());
    }

    private static String greedy(String name, String prompt, int characters) throws IOException {
        try (TextGenerator generator = generator(name)) {
            return generator.generate(prompt, characters, Sampling.greedy());
        }
    }

    @Test
    void theStateIsCarriedSoThatEachCharacterIsReadOnce() throws Exception {
        assertEquals("cdefg\nabcd", greedy("counter.onnx", "gag", 10));
        assertEquals("abcdefg\nab", greedy("counter.onnx", "a", 10));
    }

    @Test
    void aWindowMovesAlongTheText() throws Exception {
        assertEquals("bcdefg\nabcdefg\n", greedy("counter-window.onnx", "a", 15));
        assertEquals("efg\na", greedy("counter-window.onnx", "aaaaaad", 5));
    }

    @Test
    void charactersAreComputedWhenTheyAreAskedFor() throws Exception {
        Iterator<String> endless;
        try (TextGenerator generator = generator("counter.onnx")) {
            assertEquals(
                    List.of("a", "b", "c"),
                    generator.stream("d", Sampling.greedy()).limit(3).toList());
            endless = generator.stream("d", Sampling.greedy()).iterator();
            assertEquals("a", endless.next());
        }
        assertThrows(IllegalStateException.class, endless::next);
    }

    @Test
    void theSameSeedGivesTheSameTextAndAnotherOneAnother() throws Exception {
        try (TextGenerator generator = generator("counter.onnx")) {
            Sampling wild = Sampling.standard().withTemperature(5);
            String text = generator.generate("abc", 100, wild);
            assertEquals(100, text.length());
            assertEquals(text, generator.generate("abc", 100, wild));
            assertNotEquals(text, generator.generate("abc", 100, wild.withSeed(2)));
            assertNotEquals(text, generator.generate("abc", 100, Sampling.greedy()));
        }
    }

    @Test
    void anEmptyPromptIsTheBeginningOfALine() throws Exception {
        assertEquals(greedy("counter.onnx", "\n", 9), greedy("counter.onnx", "", 9));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> greedy("counter-without-line-break.onnx", "", 9));
        assertTrue(e.getMessage().contains("does not know the line break"), e.getMessage());
    }

    @Test
    void charactersThatTheModelDoesNotKnowAreRefusedByName() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> greedy("counter.onnx", "aé b é", 1));
        assertEquals(
                "The prompt contains characters that the model does not know: 'é' (U+00E9), ' ' (U+0020)."
                        + " It knows 8: \"\\nabcdefg\".",
                e.getMessage());
    }

    @Test
    void noCharactersAreNoText() throws Exception {
        assertEquals("", greedy("counter.onnx", "a", 0));
        assertThrows(IllegalArgumentException.class, () -> greedy("counter.onnx", "a", -1));
    }

    @Test
    void anotherModelIsRefusedSayingWhatAGeneratorNeeds() {
        for (String name : List.of("quadrants.onnx", "line.onnx", "identity-int64.onnx")) {
            JZooException failure = assertThrows(JZooException.class, () -> generator(name), name);
            assertEquals(JZooException.Code.BAD_INPUT, failure.code());
            assertTrue(failure.getMessage().contains("an input int64 [batch, time]"), failure.getMessage());
        }
    }

    @Test
    void labelsThatAreNoCharactersAreRefused() {
        DataFormatException failure = assertThrows(DataFormatException.class, () -> generator("counter-of-words.onnx"));
        assertTrue(failure.getMessage().contains("one character each, found [one, two]"), failure.getMessage());
    }

    @Test
    void aGraphThatGivesNoProbabilitiesIsRefusedWhileItRuns() {
        JZooException failure = assertThrows(JZooException.class, () -> greedy("counter-of-logits.onnx", "a", 1));
        assertEquals(JZooException.Code.BAD_INPUT, failure.code());
        assertTrue(failure.hint().contains("softmax"), failure.hint());
    }
}
