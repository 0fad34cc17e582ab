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
 * A comparison of the finished file with the trained network, on some training pictures.
 *
 * @param items the pictures
 * @param expected probabilities in double precision, [picture][class]
 */
record ScoreParity(List<Item> items, double[][] expected) {

    private static final int MOST = 16;

    /**
     * Takes pictures spread evenly over all pictures, hence over all classes, with the probabilities that a head
     * computes from their features.
     */
    static ScoreParity among(Extractor.Extracted extracted, Head head) {
        int pictures = extracted.items().size();
        int step = Math.max(1, pictures / MOST);
        int[] chosen =
                IntStream.range(0, Math.min(MOST, pictures)).map(i -> i * step).toArray();
        return new ScoreParity(
                IntStream.of(chosen).mapToObj(extracted.items()::get).toList(),
                head.probabilities(extracted.rows(), chosen));
    }

    /** Returns the same pictures with other expected probabilities. */
    ScoreParity expecting(double[][] probabilities) {
        return new ScoreParity(items, probabilities);
    }

    /**
     * Compares the finished file with the expected probabilities.
     *
     * @param precision the precision of the file's arithmetic, which decides the tolerance
     * @throws JZooException INTEGRITY if the file computes something else
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
                        largest <= allowed ? "" : "a probability differs by " + largest)),
                "");
        if (!parity.agrees()) {
            throw new JZooException(
                    Code.INTEGRITY,
                    "Nothing was written: the finished file does not compute the same as the trained network. Largest difference: "
                            + parity.disagreement() + "; the limit is " + allowed + ".",
                    "This is a bug in JZoo. Please report it with the base.");
        }
        return parity;
    }
}
