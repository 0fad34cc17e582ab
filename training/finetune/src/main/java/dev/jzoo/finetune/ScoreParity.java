package dev.jzoo.finetune;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.export.Parity;
import dev.jzoo.finetune.base.ComputingPrecision;
import dev.jzoo.finetune.head.Features;
import dev.jzoo.finetune.head.Head;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some pictures for training, and what was learnt says to them: a finished file has to say the same.
 *
 * @param items the pictures
 * @param expected [picture][class], probabilities in double precision
 */
record ScoreParity(List<Item> items, double[][] expected) {

    private static final int MOST = 16;

    /** Pictures spread over all that there are, so over all classes, with what a head says to their features. */
    static ScoreParity among(Extractor.Extracted extracted, Head head) {
        int pictures = extracted.items().size();
        int step = Math.max(1, pictures / MOST);
        int[] chosen =
                IntStream.range(0, Math.min(MOST, pictures)).map(i -> i * step).toArray();
        return new ScoreParity(
                IntStream.of(chosen).mapToObj(extracted.items()::get).toList(),
                head.probabilities(extracted.rows(), chosen));
    }

    /** The same pictures, where something else was learnt. */
    ScoreParity expecting(double[][] probabilities) {
        return new ScoreParity(items, probabilities);
    }

    /**
     * Holds the finished file against it.
     *
     * @param precision that the file computes in, which decides how far a probability may be off
     * @throws JZooException INTEGRITY, if it says something else
     */
    Parity of(Extractor finished, ComputingPrecision precision, TransferListener listener) throws IOException {
        Features scores = finished.extract(items, 1, 0, listener).rows();
        float[] actual = new float[expected[0].length];
        double largest = 0;
        for (int i = 0; i < items.size(); i++) {
            scores.read(i, actual);
            for (int c = 0; c < actual.length; c++) {
                double difference = Math.abs(actual[c] - expected[i][c]);
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        double allowed = precision.tolerance();
        Parity parity = new Parity(
                List.of(new Parity.OutputParity(
                        "probabilities",
                        1,
                        Optimisation.ALL,
                        (long) items.size() * actual.length,
                        0,
                        largest,
                        largest,
                        largest / allowed,
                        largest <= allowed ? "" : "a probability that is off by " + largest)),
                "");
        if (!parity.agrees()) {
            throw new JZooException(
                    Code.INTEGRITY,
                    "Nothing was written: the finished file does not compute what was learnt. Worst: "
                            + parity.disagreement() + "; at most " + allowed + " was expected.",
                    "It is a fault of JZoo; report it with the base.");
        }
        return parity;
    }
}
