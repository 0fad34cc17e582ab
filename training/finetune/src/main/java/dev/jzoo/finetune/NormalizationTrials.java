package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.NormalizationChoice.NormalizationRanking;
import dev.jzoo.finetune.NormalizationChoice.Trial;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.finetune.head.CrossValidation;
import dev.jzoo.finetune.head.FeatureRows;
import dev.jzoo.finetune.head.HeadTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The search for a network's pixel convention by cross-validation, for networks without batch normalisation. It takes
 * the convention whose features classify some of the training pictures best. It tries the value ranges first; then the
 * two best ranges, each with both orders of the colours, on twice as many pictures; and then the best two of these on
 * more. A base runs at most {@value #MOST_PASSES} times, whatever the number of pictures and classes.
 *
 * @param items pictures for training
 * @param classes number of classes
 * @param means number of values in a row that are means
 */
record NormalizationTrials(List<Item> items, int classes, int means, long seed, TransferListener listener) {

    /**
     * Largest number of passes: 4 ranges on 16 pictures, then 4 conventions on 32 and 2 on 48, each row computed once.
     */
    static final int MOST_PASSES = 192;

    /** Number of pictures in each round. */
    private static final List<Integer> ROUNDS = List.of(16, 32, 48);

    /** Largest number of classes to compare, so that each has enough pictures. */
    private static final int MOST_CLASSES = 4;

    private static final int FOLDS = 4;

    /** A source of extractors, by convention. */
    interface Extractors {
        Extractor of(Normalization normalization) throws IOException;
    }

    /** Ranks the conventions for pictures with this number of channels. */
    NormalizationRanking of(int channels, Extractors extractors) throws IOException {
        List<Item> mixed = mixed();
        int told = (int) mixed.stream().map(Item::label).distinct().count();
        List<Normalization> all = Normalization.of(channels);
        List<Normalization> left = all.stream()
                .filter(normalization -> !normalization.isBlueFirst())
                .toList();
        List<Trial> trials = new ArrayList<>();
        for (int round = 0; round < ROUNDS.size(); round++) {
            List<Item> sample = mixed.subList(0, Math.min(ROUNDS.get(round), mixed.size()));
            listener.stage("Trying " + left.size() + " pixel conventions on " + sample.size()
                    + " pictures (set --normalize to skip this)");
            List<Trial> ranked = new ArrayList<>();
            for (Normalization normalization : left) {
                ranked.add(trial(normalization, sample, told, extractors));
            }
            ranked.sort(Comparator.comparingDouble(Trial::nats));
            trials.removeIf(trial -> ranked.stream().anyMatch(other -> other.normalization() == trial.normalization()));
            trials.addAll(0, ranked);
            if (round > 0 && sample.size() == mixed.size()) {
                break; // more rounds would see the same pictures
            }
            List<Normalization> best =
                    ranked.stream().limit(2).map(Trial::normalization).toList();
            boolean ranges = round == 0;
            left = all.stream()
                    .filter(normalization ->
                            ranges ? best.stream().anyMatch(normalization::isOfRange) : best.contains(normalization))
                    .toList();
        }
        Comparator<Trial> better = Comparator.comparing((Trial trial) -> -trial.pictures())
                .thenComparing(Comparator.comparingDouble(Trial::nats));
        return NormalizationRanking.of(NormalizationChoice.Method.CROSS_VALIDATION, trials, better);
    }

    private Trial trial(Normalization normalization, List<Item> sample, int told, Extractors extractors)
            throws IOException {
        try (Extractor extractor = extractors.of(normalization)) {
            FeatureRows examples = extractor.extract(sample, 1, seed, listener).examples();
            if (!examples.features().isFinite()) {
                return new Trial(normalization, sample.size(), Double.POSITIVE_INFINITY, 0);
            }
            CrossValidation.Point point = HeadTraining.search(
                            examples, means, NormalizationChoice.ones(told), FOLDS, seed)
                    .chosen();
            return new Trial(normalization, sample.size(), point.loss(), point.error());
        }
    }

    /** Returns pictures of the largest classes, evenly spread over each class, with labels from 0 on. */
    private List<Item> mixed() {
        List<Integer> largest = IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparing((Integer label) ->
                        -items.stream().filter(item -> item.label() == label).count()))
                .limit(MOST_CLASSES)
                .toList();
        List<Item> some = items.stream()
                .filter(item -> largest.contains(item.label()))
                .map(item -> new Item(item.file(), largest.indexOf(item.label())))
                .toList();
        return NormalizationChoice.mixed(some, largest.size(), seed);
    }
}
