package dev.jzoo.recipes.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.preparation.CharacterVocabulary;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class NGramsTest {

    private static final double ADDED = 0.05;

    /** By hand: of "aab" a occurs 2 times in 3; behind an a comes once an a and once a b. */
    @Test
    void countsGiveProbabilitiesWithALittleAdded() {
        CharacterVocabulary ab = CharacterVocabulary.of("ab");
        SortedMap<String, Double> nats = NGrams.of(ab.encode("aab"), 2).nats(ab.encode("abbab"));
        double a = (2 + ADDED) / (3 + 2 * ADDED);
        double b = (1 + ADDED) / (3 + 2 * ADDED);
        assertEquals(-(2 * Math.log(a) + 3 * Math.log(b)) / 5, nats.get("ngram-0.test.nats"), 1e-12);
        // ab, bb, ba, ab: nothing was seen behind b, where both are as likely.
        assertEquals(-4 * Math.log(0.5) / 4, nats.get("ngram-1.test.nats"), 1e-12);
        assertEquals(6, nats.size());
    }

    @Test
    void theInterpolatedOneMixesEachOrderWithTheOneBelow() {
        CharacterVocabulary ab = CharacterVocabulary.of("ab");
        // Only "abab" is measured behind its four characters: the a.
        double nats = NGrams.of(ab.encode("ababa"), 2).nats(ab.encode("ababa")).get("ngram-4-interpolated.test.nats");
        double p0 = (3 + 2 * 0.5) / (5 + 2);
        double p1 = (2 + 1 * p0) / (2 + 1);
        double p2 = (2 + 1 * p1) / (2 + 1);
        double p3 = (1 + 1 * p2) / (1 + 1);
        double p4 = (1 + 1 * p3) / (1 + 1);
        assertEquals(-Math.log(p4), nats, 1e-12);
    }

    @Test
    void longerContextsPredictBetterWhereTheTextRepeatsItself() {
        CharacterVocabulary letters = CharacterVocabulary.of("the cat sat on a mat.\n");
        int[] text = letters.encode("the cat sat on a mat.\n".repeat(20));
        SortedMap<String, Double> nats = NGrams.of(text, letters.size()).nats(text);
        for (int order = 1; order <= 3; order++) {
            assertTrue(nats.get("ngram-" + order + ".test.nats") < nats.get("ngram-" + (order - 1) + ".test.nats"));
        }
    }
}
