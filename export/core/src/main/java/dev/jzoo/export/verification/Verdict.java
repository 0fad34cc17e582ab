package dev.jzoo.export.verification;

import java.util.List;

/**
 * The verdict on one model.
 *
 * @param id the model as the user named it, or its id and version
 * @param ok whether every check passed
 * @param checks in the order in which they were made
 */
public record Verdict(String id, boolean ok, List<CheckResult> checks) {

    public Verdict {
        checks = List.copyOf(checks);
    }

    /** The verdict that follows from these checks. */
    public static Verdict of(String id, List<CheckResult> checks) {
        return new Verdict(id, checks.stream().allMatch(CheckResult::ok), checks);
    }
}
