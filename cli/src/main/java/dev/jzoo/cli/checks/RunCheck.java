package dev.jzoo.cli.checks;

import dev.jzoo.cli.console.Failure;
import dev.jzoo.cli.console.ReadableNumbers;
import dev.jzoo.export.FileReport;
import dev.jzoo.export.Parity;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.Engine;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Holds an ONNX file against the trained network of a run: the network is loaded in its own engine from the last checkpoint,
 * exported anew and verified, and the file must compute what that export does, pre- and post-processing included. Where it
 * does not, that is a finding, not an exception; a run without a network is an exception.
 */
public final class RunCheck {

    private RunCheck() {}

    public static List<Verdict.CheckResult> of(Path file, Path run, Store store, ProgressListener listener)
            throws IOException {
        try (TrainedNetwork network = TrainedNetwork.of(RunFolder.at(run), store, listener)) {
            try {
                FileReport report = network.exporter().compare(OnnxFile.read(file));
                return List.of(run(network.recipe(), report.export().parity()), against(report.parity()));
            } catch (IOException | JZooException | IllegalArgumentException e) {
                return List.of(
                        new Verdict.CheckResult("against", false, Failure.of(e).message()));
            }
        }
    }

    private static Verdict.CheckResult run(RecipeFile recipe, Parity parity) {
        String what = recipe.recipe() + ", " + Engine.of(recipe.engine()).title() + ", seed "
                + recipe.hyperparameters().seed() + ", exported anew: ";
        return new Verdict.CheckResult("run", parity.agrees(), what + words(parity));
    }

    private static Verdict.CheckResult against(Parity parity) {
        return new Verdict.CheckResult(
                "against", parity.agrees(), (parity.agrees() ? "the same: " : "") + words(parity));
    }

    private static String words(Parity parity) {
        return parity.agrees()
                ? String.format(
                        Locale.ROOT,
                        "largest difference %s over %,d values",
                        ReadableNumbers.number(parity.maxError()),
                        parity.values())
                : parity.disagreement() + ". " + parity.firstDifference();
    }
}
