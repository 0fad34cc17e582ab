package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.BatchStatistics;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.inference.pictures.Framing;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Finds out what a network takes for a pixel. Where it has batch normalisations, it is the convention under which pictures agree
 * best with what those remember of its training. Else it is the one under which its features tell the training pictures apart
 * best, by cross-validation: all are tried on a few pictures, the better half again on twice as many, and so on.
 */
final class NormalizationChoice {

    /** Share of a distance by which another may differ by chance. */
    private static final double UNSURE = 0.25;

    /**
     * How well a convention did in the last round that it was in.
     *
     * @param pictures of that round
     * @param nats the lower, the better: divergence from the training, or cross-validated mean cross-entropy
     * @param error by which nats of two conventions may differ by chance
     */
    record Trial(Normalization normalization, int pictures, double nats, double error) {}

    /**
     * What was tried.
     *
     * @param trials the winner's first, then by how far they came; none where nothing had to be found
     */
    record NormalizationRanking(Method method, List<Trial> trials) {

        /** Where nothing had to be found. */
        static final NormalizationRanking NONE = new NormalizationRanking(Method.NONE, List.of());

        NormalizationRanking {
            trials = List.copyOf(trials);
        }

        /**
         * Ranks conventions. Where the order of the colours makes hardly a difference, red comes first, as in nearly all networks.
         *
         * @param trials in any order
         * @param better the better first
         */
        static NormalizationRanking of(Method method, List<Trial> trials, Comparator<Trial> better) {
            List<Trial> ranked = new ArrayList<>(trials);
            ranked.sort(better);
            Trial best = ranked.get(0);
            ranked.stream()
                    .filter(other -> best.normalization().isBlueFirst()
                            && !other.normalization().isBlueFirst()
                            && best.normalization().isOfRange(other.normalization())
                            && other.pictures() == best.pictures()
                            && other.nats() - best.nats() <= best.error())
                    .findFirst()
                    .ifPresent(red -> {
                        ranked.remove(red);
                        ranked.add(0, red);
                    });
            return new NormalizationRanking(method, ranked);
        }

        /** The second best, where it is hardly worse than the first. */
        Optional<Normalization> nearlyAsGood() {
            return trials.stream()
                    .skip(1)
                    .limit(1)
                    .filter(second -> second.nats() - trials.get(0).nats()
                            <= trials.get(0).error())
                    .map(Trial::normalization)
                    .findFirst();
        }
    }

    /** How a convention was found. */
    enum Method {
        /** Nothing had to be found. */
        NONE("", ""),
        STATISTICS(
                "agrees best with what its batch normalisations remember of its training",
                "divergence from the training [nats]"),
        CROSS_VALIDATION("tells the training pictures apart best, cross-validated", "cross-validated loss [nats]");

        private final String reason;
        private final String measure;

        Method(String reason, String measure) {
            this.reason = reason;
            this.measure = measure;
        }

        String reason() {
            return reason;
        }

        String measure() {
            return measure;
        }
    }

    private NormalizationChoice() {}

    /** Compares the statistics of some pictures for training with those in the base. */
    static NormalizationRanking byStatistics(
            BaseNetwork base, Framing framing, List<Item> items, int classes, long seed, TransferListener listener)
            throws IOException {
        listener.stage("Asking the base what it takes for a pixel");
        List<byte[]> pictures = new PixelSamples(base.size(), framing).of(mixed(items, classes, seed));
        List<Trial> trials = new ArrayList<>();
        for (Normalization normalization : Normalization.of(base.size().channels())) {
            double distance = BatchStatistics.distance(base, normalization, pictures);
            trials.add(new Trial(normalization, pictures.size(), distance, distance * UNSURE));
        }
        return NormalizationRanking.of(Method.STATISTICS, trials, Comparator.comparingDouble(Trial::nats));
    }

    /** The pictures in such an order that the first ones, however many, are of all classes alike. */
    static List<Item> mixed(List<Item> items, int classes, long seed) {
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

    /** Weights of classes that count alike. */
    static double[] ones(int classes) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return weights;
    }
}
