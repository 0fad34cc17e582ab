package dev.jzoo.cli;

import dev.jzoo.cli.options.InputSyntax;
import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputDeclarationException.Lack;
import dev.jzoo.zoo.error.JZooException;
import java.util.stream.Collectors;

/** The advice of export errors in options of {@code jzoo export}. The library's own advice names Java methods. */
final class ExportAdvice {

    private ExportAdvice() {}

    /** Returns the error that the command reports for an input that must be declared. */
    static JZooException of(InputDeclarationException failure) {
        return new JZooException(JZooException.Code.BAD_INPUT, failure.problem(), hint(failure), failure);
    }

    /** Returns the error that the command reports for a file that disagrees with the framework. */
    static JZooException of(DisagreementException failure) {
        return new JZooException(
                failure.code(),
                failure.summary(),
                failure.isComparable()
                        ? "If only values near 0 differ, and the network is deep with outputs that are not normalised, retry"
                                + " with --deep. Otherwise the exporter is wrong: report it with the network's definition."
                        : failure.inputs().isEmpty()
                                ? "There is nothing to compare, so no file is written."
                                : "Declare the range of each input's values: "
                                        + failure.inputs().stream()
                                                .map(input -> InputSyntax.option(input, "LOW..HIGH"))
                                                .collect(Collectors.joining(" "))
                                        + ".",
                failure);
    }

    private static String hint(InputDeclarationException failure) {
        if (failure.inputs().isEmpty()) {
            return "Declare each input, in the network's order: --input x=batch,784 for rows, x=batch,3,224,224 for pictures,"
                    + " x=batch,time,16 for sequences.";
        }
        boolean values = failure.lack() == Lack.VALUES;
        String options = failure.inputs().stream()
                .map(input -> InputSyntax.option(input, values ? "LOW..HIGH" : ""))
                .collect(Collectors.joining(" "));
        return values
                ? "Declare the range of its values: " + options + ". Replace LOW and HIGH with numbers."
                : "Declare its shape: " + options + ". Replace the sizes with yours.";
    }
}
