package dev.jzoo.export;

import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.onnx.Fingerprint;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An export that is not verified yet.
 *
 * @param runs the network in its framework
 * @param emitted the file with the graph as the front end wrote it
 * @param file the file with the graph after the passes, as it would be written
 * @param border the tensors at which the network begins and ends in both
 * @param tolerance allowed difference between the file and the framework
 * @param examples inputs of the file
 */
record UnverifiedExport(
        NetworkRuns runs,
        OnnxFile emitted,
        OnnxFile file,
        NetworkBorder border,
        Tolerance tolerance,
        ParityInputs examples) {

    /** Compares the file with the framework. */
    Parity parity() throws IOException {
        // Passes may give a tensor another layout under the same name, so the first difference is searched for before
        // them.
        return verified(file, emitted, new FrameworkReference(runs, border));
    }

    /**
     * Compares another file with this one, including pre- and post-processing.
     *
     * @throws IllegalArgumentException if the other file has other inputs, or lacks an output
     */
    Parity parityOf(OnnxFile other) throws IOException {
        requireSame("input", file.graph().inputs(), inputs(other.graph()), other.graph());
        requireSame("output", file.graph().outputs(), named(file.graph().outputs(), other.graph()), other.graph());
        try (FileReference reference = new FileReference(file, other)) {
            return verified(other, other, reference);
        }
    }

    private Parity verified(OnnxFile compared, OnnxFile searched, Reference reference) throws IOException {
        Parity parity = new ParityCheck(compared, reference, examples, tolerance).run();
        if (parity.agrees() || !parity.isComparable()) {
            return parity;
        }
        Optional<String> first = new FirstDifference(searched, reference, examples, tolerance).find();
        boolean isOptimised = parity.outcomes().stream()
                .filter(outcome -> outcome.optimisation() == Optimisation.NONE)
                .allMatch(Parity.OutputParity::agrees);
        return parity.withFirstDifference(first.orElse(
                isOptimised
                        ? "The file agrees without ONNX Runtime's optimisations, so an optimisation is at fault."
                        : "The graph agrees as it was first emitted, so one of the exporter's graph passes is at"
                                + " fault."));
    }

    ExportReport report(Parity parity, Fingerprint fingerprint) throws IOException {
        return new ExportReport(
                fingerprint.bytes() + fingerprint.externalBytes(),
                fingerprint.sha256(),
                file.graph().nodes().size(),
                file.graph().parameters(),
                parity,
                warnings());
    }

    /** Returns warnings for the user, one sentence each. */
    List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>(runs.network().warnings());
        warnings.addAll(WeightCheck.warnings(file.graph()));
        warnings.addAll(examples.warnings());
        return warnings;
    }

    /** Returns the inputs that a caller must provide: before IR 4, initializers were among the inputs. */
    private static List<ValueInfo> inputs(Graph graph) {
        return graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()))
                .toList();
    }

    /** Returns the outputs with the given names; a file may have others too. */
    private static List<ValueInfo> named(List<ValueInfo> wanted, Graph graph) {
        List<String> names = wanted.stream().map(ValueInfo::name).toList();
        return graph.outputs().stream()
                .filter(output -> names.contains(output.name()))
                .toList();
    }

    private static void requireSame(String what, List<ValueInfo> ours, List<ValueInfo> theirs, Graph other) {
        boolean same = ours.size() == theirs.size()
                && ours.stream().allMatch(port -> theirs.stream().anyMatch(given -> fits(port, given)));
        if (!same) {
            List<ValueInfo> all = what.equals("input") ? inputs(other) : other.outputs();
            throw new IllegalArgumentException("Cannot compare the file with the network: the file has the " + what
                    + "s " + all + ", the network has " + ours + ".");
        }
    }

    private static boolean fits(ValueInfo port, ValueInfo given) {
        return port.name().equals(given.name())
                && port.type() == given.type()
                && port.shape().size() == given.shape().size()
                && IntStream.range(0, port.shape().size())
                        .allMatch(axis ->
                                fits(port.shape().get(axis), given.shape().get(axis)));
    }

    /**
     * Returns whether two sizes are compatible. Names of axes may differ, and a file may leave sizes open. An axis of
     * any size must not be fixed in only one of them.
     */
    private static boolean fits(Dimension ours, Dimension theirs) {
        return ours instanceof Dimension.UnknownDimension
                || theirs instanceof Dimension.UnknownDimension
                || (ours instanceof Dimension.SymbolicDimension && theirs instanceof Dimension.SymbolicDimension)
                || ours.equals(theirs);
    }
}
