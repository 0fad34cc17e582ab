package dev.jzoo.finetune;

import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import java.util.List;

/**
 * A classifier all of whose layers have learnt on.
 *
 * @param file with the weights that were kept
 * @param history of the epochs
 * @param expected what the network says to the pictures to compare: probabilities of the classes
 * @param words how it learnt, for the recipe
 * @param warnings what did not learn, or not by itself, a sentence each
 */
record TunedClassifier(OnnxFile file, History history, double[][] expected, String words, List<String> warnings) {

    /** The share of the pictures for validation that is right with the weights that were kept. */
    double accuracy() {
        return history.epochs().stream()
                .mapToDouble(TunedClassifier::accuracy)
                .max()
                .orElseThrow();
    }

    /** The share of the pictures for validation that is right after an epoch; 0 where there are none. */
    static double accuracy(Epoch epoch) {
        return epoch.metrics().getOrDefault("validation.accuracy", 0.0);
    }
}
