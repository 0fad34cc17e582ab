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
 * The check of a card's metrics: measures the model anew, by the recipe that its card names, on that recipe's data, through
 * ONNX Runtime. What only training knows (losses, other seeds) cannot be measured again and is not compared.
 */
public final class MetricsCheck {

    /**
     * Of the card's value, which the card has in full. Other processors round otherwise, so that a picture on the border of two
     * classes may change sides.
     */
    private static final double TOLERANCE = 1e-3;

    /** Of shares, which may be near 0 without being small: at least that is the value that the tolerance is of. */
    private static final double SMALLEST_SHARE = 0.5;

    private MetricsCheck() {}

    /**
     * Compares.
     *
     * @param file the {@code .onnx} file
     * @param store where the data come from
     * @param listener hears of data that are fetched
     * @throws dev.jzoo.zoo.error.JZooException NETWORK where the data cannot be had, NOT_FOUND where there is no such recipe
     */
    public static CheckResult of(Path file, Store store, ProgressListener listener) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            Optional<ModelCard> card = model.card();
            if (card.isEmpty()) {
                return CheckResult.failed("metrics", "It has no card, so nothing says how it is measured.");
            }
            if (card.get().recipe().id().equals(Recipes.FINETUNE)) {
                return CheckResult.failed(
                        "metrics",
                        "It learnt from pictures that only their owner has; this makes and measures it again: "
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
                wrong.add(name + " is " + ReadableNumbers.number(value) + ", and not in the card");
            } else if (!(Math.abs(claim - value) <= TOLERANCE * scale(name, claim))) {
                boolean alike = ReadableNumbers.number(value).equals(ReadableNumbers.number(claim));
                wrong.add(name + " is " + (alike ? value : ReadableNumbers.number(value)) + ", the card says "
                        + (alike ? claim : ReadableNumbers.number(claim)));
            }
        });
        if (!wrong.isEmpty()) {
            return CheckResult.failed("metrics", "Measured anew: " + String.join("; ", wrong) + ".");
        }
        List<String> same = measured.entrySet().stream()
                .map(metric -> metric.getKey() + " " + ReadableNumbers.number(metric.getValue()))
                .toList();
        return CheckResult.passed("metrics", "measured anew: " + String.join(", ", same));
    }

    /** An error of any size counts by itself, an accuracy or an explained share of the variance by the whole. */
    private static double scale(String name, double claim) {
        boolean isShare = name.contains("accuracy") || name.endsWith("r2");
        return Math.max(isShare ? SMALLEST_SHARE : 0, Math.abs(claim));
    }
}
