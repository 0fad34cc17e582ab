package dev.jzoo.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured in and after one epoch.
 *
 * @param index number of the epoch, from 0
 * @param seconds that its training took, without the measuring
 * @param loss mean loss over the epoch's steps, while the weights were changing
 * @param learningRate of the epoch's last step
 * @param metrics measured after the epoch, by name: "test.accuracy" as a fraction
 */
public record Epoch(int index, double seconds, double loss, double learningRate, SortedMap<String, Double> metrics) {

    public Epoch {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Returns the number that people are shown, from 1. */
    public int number() {
        return index + 1;
    }
}
