package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import dev.jzoo.scratch.WeightInit;
import java.util.List;
import java.util.Random;

/**
 * A table of vectors: each id becomes its row, from [batch, steps] to [batch, steps, size]. The gradient of a row is the sum over the
 * places of its id. Ids do not have a gradient, so {@link #backward} returns zeros.
 */
public final class EmbeddingLayer implements NeuralLayer {

    private final Weight table;
    private Array ids = Array.zeros(0);

    /** Creates a layer with an initial table, [ids, size]. */
    public EmbeddingLayer(Array table) {
        this.table = new Weight("table", table);
    }

    /** Creates a layer with vectors of standard normal numbers. */
    public static EmbeddingLayer of(int ids, int size, Random random) {
        return new EmbeddingLayer(WeightInit.normal(1).draw(random, ids, size, ids, size));
    }

    @Override
    public Array forward(Array input, Phase phase) {
        ids = input;
        int[] rows = new int[input.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) Math.round(input.values()[i]);
            if (rows[i] < 0 || rows[i] >= table.value().size(0)) {
                throw new IllegalArgumentException("The id " + rows[i] + " is not in a table of "
                        + table.value().size(0) + " ids, which are numbered from 0.");
            }
        }
        return table.value()
                .take(rows)
                .reshape(input.size(0), input.size(1), table.value().size(1));
    }

    @Override
    public Array backward(Array gradient) {
        Array sums = Array.zeros(table.value().shape());
        int size = sums.size(1);
        for (int i = 0; i < ids.count(); i++) {
            int row = (int) Math.round(ids.values()[i]);
            for (int j = 0; j < size; j++) {
                sums.values()[row * size + j] += gradient.values()[i * size + j];
            }
        }
        table.setGradient(sums);
        return Array.zeros(ids.shape());
    }

    @Override
    public List<Weight> weights() {
        return List.of(table);
    }
}
