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
 * The check of an ONNX file against the trained network of a run. It loads the network in its own engine from the last
 * checkpoint, exports it again and verifies the export. The file must compute the same as this export, including pre-
 * and post-processing. A difference is a failed check, not an exception; a run without a network is an exception.
 */
public final class RunCheck {

    private RunCheck() {}

    /**
     * Compares a file with a run.
     *
     * @param file the {@code .onnx} file
     * @param run the run's folder
     * @param store source of the data, which the pre-processing may depend on
     * @param listener listens to downloads of data
     * @return two checks: "run", the run's network against its own export, and "against", the file against that export
     * @throws JZooException NOT_FOUND if it is not the folder of a run, or has no network
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
                + recipe.hyperparameters().seed() + ", exported again: ";
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
