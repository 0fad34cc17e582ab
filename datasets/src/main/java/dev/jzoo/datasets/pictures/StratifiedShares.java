package dev.jzoo.datasets.pictures;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The split of one class's pictures into shares. A picture's share depends on the seed and the content of its file, not on names
 * or order. Copies of a picture stay together, so that none is both trained on and measured.
 *
 * @param seed seed of the split
 */
record StratifiedShares(long seed) {

    private static final int PERCENT = 15;

    /**
     * A picture to assign.
     *
     * @param position its position in the caller's order
     * @param content digest of its file
     */
    record Candidate(int position, Sha256 content) {}

    /** The positions of one class's pictures in each share. */
    record ClassShares(List<Integer> train, List<Integer> validation, List<Integer> test) {}

    /** Cuts 15 % for each wanted share, at least one picture if the class has enough. Training keeps at least one. */
    ClassShares cut(List<Candidate> candidates, int shares) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingLong(this::key)
                .thenComparing(candidate -> candidate.content().hex())
                .thenComparingInt(Candidate::position));
        int afterValidation = shares < 1 ? 0 : end(order, 0, order.size() >= 2);
        int afterTest = shares < 2 ? afterValidation : end(order, afterValidation, order.size() >= 3);
        return new ClassShares(
                positions(order.subList(afterTest, order.size())),
                positions(order.subList(0, afterValidation)),
                positions(order.subList(afterValidation, afterTest)));
    }

    private static int end(List<Candidate> order, int from, boolean atLeastOne) {
        int wanted = Math.max(atLeastOne ? 1 : 0, (order.size() * PERCENT + 50) / 100);
        int end = from + wanted;
        while (wanted > 0 && end < order.size() && same(order.get(end - 1), order.get(end))) {
            end++;
        }
        // only copies are left: training keeps them
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
