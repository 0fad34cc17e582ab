package dev.jzoo.labs;

import java.util.List;

/**
 * The result of a lab without its page.
 *
 * @param id id of the lab
 * @param size size of the run
 * @param seed seed of the run
 * @param seconds duration of the run
 * @param claims claims with their measurements
 */
public record LabRecord(String id, LabSize size, long seed, double seconds, List<ClaimResult> claims) {

    /** Copies the list. */
    public LabRecord {
        claims = List.copyOf(claims);
    }

    /** Returns the record of a lab that ran. */
    public static LabRecord of(FinishedLab finished) {
        return new LabRecord(
                finished.lab().info().id(), finished.size(), finished.seed(), finished.seconds(), finished.claims());
    }

    /** Returns whether no claim of the lab fails. */
    public boolean passes() {
        return claims.stream().noneMatch(ClaimResult::fails);
    }

    /** Returns the number of claims with an outcome. */
    public long count(ClaimResult.ClaimOutcome outcome) {
        return claims.stream().filter(claim -> claim.outcome() == outcome).count();
    }
}
