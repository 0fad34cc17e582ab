package dev.jzoo.cli.damage;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A check whether a damaged file computes another function than the right one. It uses 200 examples as in use, none of
 * which the exporter compares at. A check must reject a damaged file that loads and changes the results of some of them.
 */
final class FunctionChange implements AutoCloseable {

    private static final int EXAMPLES = 50;
    private static final double[] MAGNITUDES = {1, 1, 2, 0.3};

    /** Smallest difference, as a fraction of an example's largest output. */
    private static final double NOTICEABLE = 1e-3;

    /** Fraction of the examples that must differ. A check with about seventy examples cannot see a rarer difference. */
    private static final double OFTEN = 0.05;

    private final OnnxModel right;
    private final List<Map<String, Tensor>> given = new ArrayList<>();
    private final List<Map<String, Tensor>> expected = new ArrayList<>();

    FunctionChange(ExportedNetwork network, OnnxFile file) throws IOException {
        right = open(file);
        Random random = new Random(99);
        for (double magnitude : MAGNITUDES) {
            given.add(network.inUse(EXAMPLES, magnitude, random));
        }
        given.forEach(inputs -> expected.add(right.run(inputs)));
    }

    private static OnnxModel open(OnnxFile file) throws IOException {
        return OnnxModel.open(
                file.toBytes(),
                "damaged",
                Device.cpu(),
                SessionSettings.standard()
                        .withOptimisation(SessionSettings.Optimisation.NONE)
                        .withThreads(1));
    }

    /** Returns whether the file loads, runs, returns outputs of the same shapes, and returns other values often enough. */
    boolean of(OnnxFile damaged) {
        int changed = 0;
        try (OnnxModel wrong = open(damaged)) {
            for (int i = 0; i < given.size(); i++) {
                boolean[] differ = new boolean[EXAMPLES];
                Map<String, Tensor> actual = wrong.run(given.get(i));
                for (Map.Entry<String, Tensor> output : expected.get(i).entrySet()) {
                    compare(output.getValue(), actual.get(output.getKey()), differ);
                }
                for (boolean each : differ) {
                    changed += each ? 1 : 0;
                }
            }
        } catch (IOException | JZooException | IllegalArgumentException e) {
            return false;
        }
        return changed >= OFTEN * EXAMPLES * given.size();
    }

    private static void compare(Tensor expected, Tensor actual, boolean[] differ) {
        double[] ours = expected.numbers();
        double[] theirs = actual.numbers();
        if (ours.length != theirs.length || ours.length % differ.length != 0) {
            throw new IllegalArgumentException("another shape");
        }
        int each = ours.length / differ.length;
        for (int example = 0; example < differ.length; example++) {
            double largest = 0;
            double difference = 0;
            for (int i = example * each; i < (example + 1) * each; i++) {
                largest = Math.max(largest, Math.abs(ours[i]));
                difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
            }
            // A NaN counts as a difference.
            differ[example] |= !(difference <= NOTICEABLE * largest);
        }
    }

    @Override
    public void close() {
        right.close();
    }
}
