package dev.jzoo.export.verification;

import java.util.List;

/**
 * The verdict on one model.
 *
 * @param id the model as the user named it, or its id and version
 * @param ok whether no check found a fault; those counted by {@link #unsupported()} were not made
 * @param checks in the order in which they were made
 */
public record Verdict(String id, boolean ok, List<CheckResult> checks) {

    public Verdict {
        checks = List.copyOf(checks);
    }

    /** Returns the number of checks that could not be made. */
    public long unsupported() {
        return checks.stream().filter(check -> !check.supported()).count();
    }

    /** Returns the verdict that follows from these checks. */
    public static Verdict of(String id, List<CheckResult> checks) {
        return new Verdict(id, checks.stream().allMatch(CheckResult::ok), checks);
    }
}
