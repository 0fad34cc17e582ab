package dev.jzoo.recipes.text;

import dev.jzoo.training.network.GaussianWeights;
import dev.jzoo.training.network.Glorot;
import dev.jzoo.training.network.Initialisation;
import java.util.Arrays;
import java.util.Random;

/**
 * Initial weights of {@link RecurrentCharacters}, the same for every engine. The order of the gates is input, forget,
 * cell, output.
 */
final class CharacterWeights {

    private static final int FORGET = 1;

    /** Embedding, [characters, embedding]. */
    final float[] embedding;
    /** Input weights, [embedding][gates * units]. */
    final float[][] input;
    /** Recurrent weights, [units][gates * units]. */
    final float[][] recurrent;
    /** Biases, [gates * units]. */
    final float[] bias;
    /** Weights of the dense layer, [units][characters]. */
    final float[][] dense;

    CharacterWeights(RecurrentCharacters network, long seed) {
        Random random = new Random(seed);
        int wide = network.cell().gates() * network.units();
        embedding = GaussianWeights.draw(network.characters() * network.embedding(), 1, random);
        input = rows(network.embedding(), wide, network.drawn(), random);
        recurrent = Glorot.orthogonal(network.units(), wide, random);
        bias = new float[wide];
        if (network.cell() == RecurrentCharacters.CharacterCell.LSTM) {
            Arrays.fill(bias, FORGET * network.units(), (FORGET + 1) * network.units(), 1);
        }
        dense = rows(network.units(), network.characters(), network.drawn(), random);
    }

    private static float[][] rows(int in, int out, Initialisation drawn, Random random) {
        float[][] rows = new float[in][];
        for (int i = 0; i < in; i++) {
            rows[i] = drawn.draw(out, in, out, random);
        }
        return rows;
    }

    /** Transposes [rows][columns] to [columns, rows] in one array. */
    static float[] transposed(float[][] rows) {
        int columns = rows[0].length;
        float[] values = new float[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns; column++) {
                values[column * rows.length + row] = rows[row][column];
            }
        }
        return values;
    }
}
