package dev.jzoo.datasets.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CharacterVocabularyTest {

    private final CharacterVocabulary vocabulary = CharacterVocabulary.of("to be\nor not");

    @Test
    void charactersAreSortedAndEachOccursOnce() {
        assertEquals("\n benort", vocabulary.characters());
        assertEquals(8, vocabulary.size());
        assertEquals('b', vocabulary.character(2));
        assertEquals(vocabulary, CharacterVocabulary.of(vocabulary.characters()));
        assertEquals("8 characters", vocabulary.toString());
    }

    @Test
    void encodingAndDecodingAreInverse() {
        assertArrayEquals(new int[] {7, 5, 0, 1}, vocabulary.encode("to\n "));
        assertEquals("to\n ", vocabulary.decode(7, 5, 0, 1));
        assertEquals(0, vocabulary.encode("").length);
        assertEquals("", vocabulary.decode());
    }

    @Test
    void anUnknownCharacterIsRefusedNamingItAndItsPlace() {
        var e = assertThrows(IllegalArgumentException.class, () -> vocabulary.encode("tot\u00e9"));
        assertEquals(
                "Character 3 of the text, '\u00e9' (U+00E9), is not among the 8 characters of the vocabulary.",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> vocabulary.encode("\t"));
        assertEquals(
                "Character 0 of the text, U+0009, is not among the 8 characters of the" + " vocabulary.",
                e.getMessage());
        assertTrue(vocabulary.covers("root"));
        assertFalse(vocabulary.covers("roof"));
    }

    @Test
    void aNumberThatNoCharacterHasIsRefused() {
        var e = assertThrows(IllegalArgumentException.class, () -> vocabulary.decode(0, 8));
        assertEquals("Number 1 is 8; the 8 characters of the vocabulary have the numbers 0 to 7.", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> vocabulary.decode(-1));
    }

    @Test
    void anEmptyTextHasNoVocabulary() {
        assertThrows(IllegalArgumentException.class, () -> CharacterVocabulary.of(""));
    }
}
