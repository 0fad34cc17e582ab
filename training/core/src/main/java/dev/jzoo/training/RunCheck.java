package dev.jzoo.training;

import dev.jzoo.export.FileReport;
import dev.jzoo.export.Parity;
import dev.jzoo.export.verification.CheckResult;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The check of an ONNX file against the trained network of a run: the network is loaded in its own engine from the last checkpoint,
 * exported anew and verified, and the file must compute what that export does, pre- and post-processing included. Where it
 * does not, that is a finding, not an exception; a run without a network is an exception.
 */
public final class RunCheck {

    private RunCheck() {}

    /**
     * Compares.
     *
     * @param file the {@code .onnx} file
     * @param run folder of the run
     * @param store where data come from, if what stands before the network depends on them
     * @param listener hears of data that are fetched
     * @return two checks: "run", the run's network against its own export, and "against", the file against that export
     * @throws JZooException NOT_FOUND where that is no folder of a run, or has no network
     */
    public static List<CheckResult> of(Path file, Path run, Store store, ProgressListener listener) throws IOException {
        try (TrainedNetwork network = TrainedNetwork.of(RunFolder.at(run), store, listener)) {
            try {
                FileReport report = network.exporter().compare(OnnxFile.read(file));
                return List.of(run(network.recipe(), report.export().parity()), against(report.parity()));
            } catch (IOException | JZooException | IllegalArgumentException e) {
                return List.of(CheckResult.failed("against", e));
            }
        }
    }

    private static CheckResult run(RecipeFile recipe, Parity parity) {
        String what = recipe.recipe() + ", " + Engine.of(recipe.engine()).title() + ", seed "
                + recipe.hyperparameters().seed() + ", exported anew: ";
        return new CheckResult("run", parity.agrees(), what + words(parity));
    }

    private static CheckResult against(Parity parity) {
        return new CheckResult("against", parity.agrees(), (parity.agrees() ? "the same: " : "") + words(parity));
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
