package dev.jzoo.finetune;

import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import java.util.List;

/**
 * A classifier after the training of all its layers.
 *
 * @param file the classifier with the weights that were kept
 * @param history the epochs
 * @param expected the network's class probabilities for the pictures to compare
 * @param words the training in words, for the recipe
 * @param warnings one sentence per layer that was not trained, or not on its own
 */
record TunedClassifier(OnnxFile file, History history, double[][] expected, String words, List<String> warnings) {

    /** Returns the validation accuracy of the weights that were kept. */
    double accuracy() {
        return history.epochs().stream()
                .mapToDouble(TunedClassifier::accuracy)
                .max()
                .orElseThrow();
    }

    /** Returns the validation accuracy after an epoch; 0 without pictures for validation. */
    static double accuracy(Epoch epoch) {
        return epoch.metrics().getOrDefault("validation.accuracy", 0.0);
    }
}
