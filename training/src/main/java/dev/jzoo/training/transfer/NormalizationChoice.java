package dev.jzoo.training.transfer;

import dev.jzoo.datasets.LabelledPictures.Item;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Finds out what a network takes for a pixel: that convention under which its features tell the training pictures apart best, by
 * cross-validation. All are tried on a few pictures, the better half again on twice as many, and so on.
 */
final class NormalizationChoice {

    /** Pictures in the first round. */
    private static final int FIRST = 32;

    private static final int FOLDS = 4;

    /**
     * How well a convention did in the last round that it was in.
     *
     * @param pictures of that round
     * @param loss cross-validated mean cross-entropy, nats
     * @param accuracy cross-validated
     */
    record Trial(Normalization normalization, int pictures, double loss, double accuracy) {}

    /** Gives the extractor of a convention. */
    interface Extractors {
        Extractor of(Normalization normalization) throws IOException;
    }

    private NormalizationChoice() {}

    /**
     * Tries conventions.
     *
     * @param items pictures for training
     * @param classes how many there are
     * @param means how many numbers of a row are means
     * @return all trials, the winner's first, then by how far they came
     */
    static List<Trial> run(
            List<Normalization> candidates,
            List<Item> items,
            int classes,
            int means,
            long seed,
            Extractors extractors,
            TransferListener listener)
            throws IOException {
        List<Trial> trials = new ArrayList<>();
        List<Normalization> left = new ArrayList<>(candidates);
        List<Item> mixed = mixed(items, classes, seed);
        for (int pictures = Math.max(FIRST, 4 * classes); left.size() > 1; pictures *= 2) {
            List<Item> sample = mixed.subList(0, Math.min(pictures, mixed.size()));
            listener.stage("Trying " + left.size() + " conventions for pixels on " + sample.size() + " pictures");
            List<Trial> round = new ArrayList<>();
            for (Normalization normalization : left) {
                try (Extractor extractor = extractors.of(normalization)) {
                    Examples examples = extractor
                            .extract(sample, 1, seed, listener)
                            .examples();
                    CrossValidation.Point point =
                            HeadTraining.search(examples, means, ones(classes), FOLDS, seed)
                                    .best();
                    round.add(new Trial(normalization, sample.size(), point.loss(), point.accuracy()));
                }
            }
            round.sort(Comparator.comparingDouble(Trial::loss));
            int kept = sample.size() == items.size() ? 1 : Math.max(1, left.size() / 2);
            left = new ArrayList<>(
                    round.stream().limit(kept).map(Trial::normalization).toList());
            List<Normalization> seen =
                    round.stream().map(Trial::normalization).toList();
            trials.removeIf(trial -> seen.contains(trial.normalization()));
            trials.addAll(0, round);
        }
        return List.copyOf(trials);
    }

    /** The pictures in such an order that the first ones, however many, are of all classes alike. */
    private static List<Item> mixed(List<Item> items, int classes, long seed) {
        List<Deque<Item>> byClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int wanted = label;
            List<Item> members = new ArrayList<>(
                    items.stream().filter(item -> item.label() == wanted).toList());
            Collections.shuffle(members, new Random(seed));
            byClass.add(new ArrayDeque<>(members));
        }
        List<Item> mixed = new ArrayList<>();
        while (mixed.size() < items.size()) {
            byClass.stream().filter(members -> !members.isEmpty()).forEach(members -> mixed.add(members.remove()));
        }
        return mixed;
    }

    private static double[] ones(int classes) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return weights;
    }
}
