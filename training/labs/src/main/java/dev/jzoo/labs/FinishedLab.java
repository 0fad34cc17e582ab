package dev.jzoo.labs;

import java.util.List;

/**
 * A lab that ran.
 *
 * @param lab lab
 * @param size size of the run
 * @param seed seed of the run
 * @param outputs outputs with their places in the source
 * @param seconds duration of the run
 */
public record FinishedLab(Lab lab, LabSize size, long seed, List<PlacedOutput> outputs, double seconds) {

    /** Copies the list. */
    public FinishedLab {
        outputs = List.copyOf(outputs);
    }

    /**
     * Runs a lab.
     *
     * @throws Exception if the lab cannot be run
     */
    public static FinishedLab of(Lab lab, LabPage page) throws Exception {
        long start = System.nanoTime();
        lab.run(page);
        return new FinishedLab(lab, page.size(), page.seed(), page.outputs(), (System.nanoTime() - start) / 1e9);
    }

    /** Returns the claims in the order of the page. */
    public List<ClaimResult> claims() {
        return outputs.stream()
                .map(PlacedOutput::output)
                .filter(LabOutput.CheckedClaim.class::isInstance)
                .map(output -> ((LabOutput.CheckedClaim) output).claim())
                .toList();
    }

    /** Returns whether no claim of the lab fails. */
    public boolean passes() {
        return claims().stream().noneMatch(ClaimResult::fails);
    }
}
