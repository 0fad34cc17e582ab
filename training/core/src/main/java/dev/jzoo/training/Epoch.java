package dev.jzoo.training;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The measurements of one epoch.
 *
 * @param index number of the epoch, from 0
 * @param seconds duration of its training, without the measuring
 * @param loss mean loss over the epoch's steps, while the weights were changing
 * @param learningRate learning rate of the epoch's last step
 * @param metrics metrics measured after the epoch, by name: "test.accuracy" as a fraction
 */
public record Epoch(int index, double seconds, double loss, double learningRate, SortedMap<String, Double> metrics) {

    public Epoch {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** Returns the number that is shown to people, from 1. */
    public int number() {
        return index + 1;
    }
}
