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
 * The search for a network's pixel convention. If the network has batch normalisations, the search takes the convention
 * under which pictures agree best with their stored statistics. Otherwise it takes the convention whose features
 * classify the training pictures best, by cross-validation: it tries all on a few pictures, the better half again on
 * twice as many, and so on.
 */
final class NormalizationChoice {

    /** Share of a divergence that is still attributed to chance. */
    private static final double UNSURE = 0.25;

    /**
     * The result of a convention in the last round that it took part in.
     *
     * @param pictures number of pictures of that round
     * @param nats divergence from the training, or cross-validated mean cross-entropy; lower is better
     * @param error difference between two conventions that may be due to chance, in nats
     */
    record Trial(Normalization normalization, int pictures, double nats, double error) {}

    /**
     * The conventions that were tried.
     *
     * @param trials the winner first, then by the round they reached; empty if there was nothing to find
     */
    record NormalizationRanking(Method method, List<Trial> trials) {

        /** The ranking if there was nothing to find. */
        static final NormalizationRanking NONE = new NormalizationRanking(Method.NONE, List.of());

        NormalizationRanking {
            trials = List.copyOf(trials);
        }

        /**
         * Ranks conventions. If the order of the colours hardly matters, red comes first, as in nearly all networks.
         *
         * @param trials in any order
         * @param better orders the better trial first
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

        /** Returns the second best, if it is hardly worse than the best. */
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

    /** The way a convention was found. */
    enum Method {
        /** There was nothing to find. */
        NONE("", ""),
        STATISTICS(
                "agrees best with the statistics in its batch normalisations", "divergence from the training [nats]"),
        CROSS_VALIDATION("classifies the training pictures best, by cross-validation", "cross-validated loss [nats]");

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

    /** Compares the statistics of some training pictures with those stored in the base. */
    static NormalizationRanking byStatistics(
            BaseNetwork base, Framing framing, List<Item> items, int classes, long seed, TransferListener listener)
            throws IOException {
        listener.stage("Searching the base's pixel convention");
        List<byte[]> pictures = new PixelSamples(base.size(), framing).of(mixed(items, classes, seed));
        List<Trial> trials = new ArrayList<>();
        for (Normalization normalization : Normalization.of(base.size().channels())) {
            double distance = BatchStatistics.distance(base, normalization, pictures);
            trials.add(new Trial(normalization, pictures.size(), distance, distance * UNSURE));
        }
        return NormalizationRanking.of(Method.STATISTICS, trials, Comparator.comparingDouble(Trial::nats));
    }

    /** Orders the pictures so that any number of the first ones has all classes in equal shares. */
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

    /** Returns equal weights for all classes. */
    static double[] ones(int classes) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return weights;
    }
}
