package dev.jzoo.datasets.pictures;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts the pictures of one class into shares. Which share a picture falls into is a function of the seed and of what
 * is in its file, not of names or order; copies of a picture stay together, so that none is trained on and measured.
 *
 * @param seed of the split
 */
record StratifiedShares(long seed) {

    private static final int PERCENT = 15;

    /**
     * A picture to place.
     *
     * @param position in the caller's order
     * @param content digest of its file
     */
    record Candidate(int position, Sha256 content) {}

    /** Positions of one class by share. */
    record ClassShares(List<Integer> train, List<Integer> validation, List<Integer> test) {}

    /** 15 % for each share that is wanted, at least one where the class has enough; training has at least one. */
    ClassShares cut(List<Candidate> candidates, int shares) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingLong(this::key)
                .thenComparing(candidate -> candidate.content().hex())
                .thenComparingInt(Candidate::position));
        int behindValidation = shares < 1 ? 0 : end(order, 0, order.size() >= 2);
        int behindTest = shares < 2 ? behindValidation : end(order, behindValidation, order.size() >= 3);
        return new ClassShares(
                positions(order.subList(behindTest, order.size())),
                positions(order.subList(0, behindValidation)),
                positions(order.subList(behindValidation, behindTest)));
    }

    private static int end(List<Candidate> order, int from, boolean atLeastOne) {
        int wanted = Math.max(atLeastOne ? 1 : 0, (order.size() * PERCENT + 50) / 100);
        int end = from + wanted;
        while (wanted > 0 && end < order.size() && same(order.get(end - 1), order.get(end))) {
            end++;
        }
        // nothing but copies is left: training has them
        return end < order.size() ? end : from;
    }

    private static boolean same(Candidate one, Candidate other) {
        return one.content().equals(other.content());
    }

    private long key(Candidate candidate) {
        long content = Long.parseUnsignedLong(candidate.content().hex().substring(0, 16), 16);
        return Shuffler.mix(content ^ Shuffler.streamSeed(seed, 0));
    }

    private static List<Integer> positions(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::position).sorted().toList();
    }
}
