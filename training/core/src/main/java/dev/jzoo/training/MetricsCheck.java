package dev.jzoo.training;

import dev.jzoo.export.verification.CheckResult;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The check of a card's metrics. It measures the model again in ONNX Runtime, with the recipe that its card names and
 * on that recipe's data. Metrics that only the training knows (losses, other seeds) cannot be measured again and are
 * not compared.
 */
public final class MetricsCheck {

    /**
     * Relative tolerance of the card's value, which has all digits. Other processors round differently, so a picture on
     * the border of two classes may change sides.
     */
    private static final double TOLERANCE = 1e-3;

    /**
     * Smallest value to which the tolerance of shares is relative, because shares may be near 0 without being small.
     */
    private static final double SMALLEST_SHARE = 0.5;

    private MetricsCheck() {}

    /**
     * Compares the metrics.
     *
     * @param file the {@code .onnx} file
     * @param store source of the data
     * @param listener listens to downloads of data
     * @throws dev.jzoo.zoo.error.JZooException NETWORK if the data are not available, NOT_FOUND if the recipe does not
     *     exist
     */
    public static CheckResult of(Path file, Store store, ProgressListener listener) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            Optional<ModelCard> card = model.card();
            if (card.isEmpty()) {
                return CheckResult.failed("metrics", "It has no card, which would say how to measure it.");
            }
            if (card.get().recipe().id().equals(Recipes.FINETUNE)) {
                return CheckResult.failed(
                        "metrics",
                        "It was trained on pictures that only their owner has. To make and measure it again, run: "
                                + card.get().recipe().command());
            }
            SortedMap<String, Double> claimed = card.get().metrics();
            SortedMap<String, Double> measured =
                    Recipes.get(card.get().recipe().id()).measure(model, store, listener);
            return compare(claimed, measured);
        }
    }

    static CheckResult compare(Map<String, Double> claimed, Map<String, Double> measured) {
        if (measured.isEmpty()) {
            return CheckResult.failed(
                    "metrics", "Its recipe measures nothing, so the card's metrics were not checked.");
        }
        List<String> wrong = new ArrayList<>();
        measured.forEach((name, value) -> {
            Double claim = claimed.get(name);
            if (claim == null) {
                wrong.add(name + " is " + ReadableNumbers.number(value) + ", but not in the card");
            } else if (!(Math.abs(claim - value) <= TOLERANCE * scale(name, claim))) {
                boolean alike = ReadableNumbers.number(value).equals(ReadableNumbers.number(claim));
                wrong.add(name + " is " + (alike ? value : ReadableNumbers.number(value)) + ", the card says "
                        + (alike ? claim : ReadableNumbers.number(claim)));
            }
        });
        if (!wrong.isEmpty()) {
            return CheckResult.failed("metrics", "Measured again: " + String.join("; ", wrong) + ".");
        }
        List<String> same = measured.entrySet().stream()
                .map(metric -> metric.getKey() + " " + ReadableNumbers.number(metric.getValue()))
                .toList();
        return CheckResult.passed("metrics", "measured again: " + String.join(", ", same));
    }

    /**
     * Returns the value to which the tolerance is relative: the value itself for errors, the whole for accuracies and
     * shares of the variance.
     */
    private static double scale(String name, double claim) {
        boolean isShare = name.contains("accuracy") || name.endsWith("r2");
        return Math.max(isShare ? SMALLEST_SHARE : 0, Math.abs(claim));
    }
}
