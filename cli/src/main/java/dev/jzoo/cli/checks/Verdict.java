package dev.jzoo.cli.checks;

import java.util.List;

/**
 * What {@code verify} found about a model.
 *
 * @param id the model as the user named it, or its id and version
 * @param ok whether every check passed
 * @param checks in the order in which they were made
 */
public record Verdict(String id, boolean ok, List<CheckResult> checks) {

    /** One thing that was looked at: {@code detail} says what was found. */
    public record CheckResult(String name, boolean ok, String detail) {}

    public static Verdict of(String id, List<CheckResult> checks) {
        return new Verdict(id, checks.stream().allMatch(CheckResult::ok), List.copyOf(checks));
    }
}
