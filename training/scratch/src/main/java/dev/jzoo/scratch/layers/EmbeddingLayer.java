package dev.jzoo.scratch.layers;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.Weight;
import java.util.List;

/**
 * A table of vectors: each id becomes its row, from [batch, steps] to [batch, steps, size]. The gradient of a row is the sum over the
 * places of its id. Ids do not have a gradient, so {@link #backward} returns zeros.
 */
public final class EmbeddingLayer implements NeuralLayer {

    private final Weight table;
    private Array ids = Array.zeros(0);

    /** A layer with an initial table, [ids, size]. */
    public EmbeddingLayer(Array table) {
        this.table = new Weight("table", table);
    }

    @Override
    public Array forward(Array input, Phase phase) {
        ids = input;
        int[] rows = new int[input.count()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) input.values()[i];
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
            int row = (int) ids.values()[i];
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
