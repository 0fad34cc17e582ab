package dev.jzoo.cli;

import java.util.List;

/**
 * What {@code verify} found about a model.
 *
 * @param id the model as the user named it, or its id and version
 * @param ok whether every check passed
 * @param checks in the order in which they were made
 */
record Verdict(String id, boolean ok, List<Check> checks) {

    /** One thing that was looked at: {@code detail} says what was found. */
    record Check(String name, boolean ok, String detail) {}

    static Verdict of(String id, List<Check> checks) {
        return new Verdict(id, checks.stream().allMatch(Check::ok), List.copyOf(checks));
    }
}
