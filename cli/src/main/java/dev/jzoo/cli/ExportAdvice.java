package dev.jzoo.cli;

import dev.jzoo.cli.options.InputSyntax;
import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputDeclarationException.Lack;
import dev.jzoo.zoo.error.JZooException;
import java.util.stream.Collectors;

/** What the library advises in Java, in options of {@code jzoo export}. */
final class ExportAdvice {

    private ExportAdvice() {}

    /** The failure of an export as the command reports it. */
    static JZooException of(InputDeclarationException failure) {
        return new JZooException(JZooException.Code.BAD_INPUT, failure.problem(), hint(failure), failure);
    }

    /** As above. */
    static JZooException of(DisagreementException failure) {
        return new JZooException(
                failure.code(),
                failure.summary(),
                failure.isComparable()
                        ? "If only values near 0 differ, and the network is deep with outputs that are not normalised, allow"
                                + " --deep. Otherwise it is a fault of the exporter: report it with the network's definition."
                        : failure.inputs().isEmpty()
                                ? "Nothing can be compared, so nothing is written."
                                : "Say what values its inputs take: "
                                        + failure.inputs().stream()
                                                .map(input -> InputSyntax.option(input, "LOW..HIGH"))
                                                .collect(Collectors.joining(" "))
                                        + ".",
                failure);
    }

    private static String hint(InputDeclarationException failure) {
        if (failure.inputs().isEmpty()) {
            return "Declare each input in the network's order: --input x=batch,784 for rows, x=batch,3,224,224 for pictures,"
                    + " x=batch,time,16 for sequences.";
        }
        boolean values = failure.lack() == Lack.VALUES;
        String options = failure.inputs().stream()
                .map(input -> InputSyntax.option(input, values ? "LOW..HIGH" : ""))
                .collect(Collectors.joining(" "));
        return values
                ? "Say what values it takes: " + options + ", with numbers for LOW and HIGH."
                : "Declare the shape that it takes: " + options + ", with your sizes.";
    }
}
