package dev.jzoo.recipes.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts of each character after each context up to some length: the baseline of a language model. */
final class NGrams {

    /** Length of the longest context. */
    static final int ORDER = 4;

    /** Number added to each count, so that no character has probability 0. */
    static final double ADDED = 0.05;

    private final int characters;
    /** For each order, the counts [characters] after each context of that length. */
    private final List<Map<Long, int[]>> counts = new ArrayList<>();

    private NGrams(int characters) {
        this.characters = characters;
    }

    /**
     * Counts the characters of a text.
     *
     * @param text numbers of its characters
     * @param characters number of different characters
     */
    static NGrams of(int[] text, int characters) {
        NGrams grams = new NGrams(characters);
        for (int order = 0; order <= ORDER; order++) {
            Map<Long, int[]> behind = new HashMap<>();
            for (int i = order; i < text.length; i++) {
                behind.computeIfAbsent(grams.context(text, i, order), key -> new int[characters])[text[i]]++;
            }
            grams.counts.add(behind);
        }
        return grams;
    }

    private long context(int[] text, int end, int order) {
        long key = 0;
        for (int i = end - order; i < end; i++) {
            key = key * characters + text[i];
        }
        return key;
    }

    /**
     * Returns the nats per character of each baseline, by the metric's name on cards: orders 0 to 4 with {@link #ADDED}
     * added to each count, and order 4 interpolated.
     *
     * @param text numbers of the characters to measure on
     */
    SortedMap<String, Double> nats(int[] text) {
        SortedMap<String, Double> nats = new TreeMap<>();
        for (int order = 0; order <= ORDER; order++) {
            nats.put("ngram-" + order + ".test.nats", added(text, order));
        }
        nats.put("ngram-" + ORDER + "-interpolated.test.nats", interpolated(text));
        return nats;
    }

    /** Measures with the same number added to each count, over the characters with a complete context. */
    private double added(int[] text, int order) {
        double sum = 0;
        for (int i = order; i < text.length; i++) {
            int[] behind = counts.get(order).getOrDefault(context(text, i, order), new int[characters]);
            sum -= Math.log((behind[text[i]] + ADDED) / (total(behind) + ADDED * characters));
        }
        return sum / (text.length - order);
    }

    /**
     * Measures a mixture of each order with the one below. The lower order counts more if more different characters
     * follow the context (Witten and Bell, The zero-frequency problem, 1991, method C): p_k = (count + d p_(k-1)) /
     * (total + d), where d is the number of different characters that follow.
     */
    private double interpolated(int[] text) {
        double sum = 0;
        for (int i = ORDER; i < text.length; i++) {
            double probability = 1.0 / characters;
            for (int order = 0; order <= ORDER; order++) {
                int[] behind = counts.get(order).get(context(text, i, order));
                if (behind != null) {
                    int different = different(behind);
                    probability = (behind[text[i]] + different * probability) / (total(behind) + different);
                }
            }
            sum -= Math.log(probability);
        }
        return sum / (text.length - ORDER);
    }

    private static int total(int[] behind) {
        int total = 0;
        for (int count : behind) {
            total += count;
        }
        return total;
    }

    private static int different(int[] behind) {
        int different = 0;
        for (int count : behind) {
            different += count > 0 ? 1 : 0;
        }
        return different;
    }
}
