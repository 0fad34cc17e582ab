package dev.jzoo.training.network;

import java.util.Arrays;
import java.util.List;

/**
 * Initial weights of a recurrent layer. The order of gates is input, forget, cell, output for an LSTM, and reset,
 * update, new for a GRU.
 *
 * @param input Glorot uniform, [gates * units, channels]
 * @param recurrent orthogonal, [units, gates * units]
 * @param bias 0, but 1 for an LSTM's forget gate: [gates * units]
 */
public record RecurrentWeights(float[] input, float[][] recurrent, float[] bias) {

    private static final int FORGET = 1;

    /** Draws the weights of a layer for sequences with this number of channels. */
    public static RecurrentWeights draw(Layer.Recurrent layer, int channels, InitialWeights weights) {
        int units = layer.units();
        int wide = layer.cell().gates() * units;
        float[] input = weights.draw(wide * channels, channels, wide, List.of());
        float[][] recurrent = weights.orthogonal(units, layer.cell().gates());
        float[] bias = new float[wide];
        if (layer.cell() == Layer.CellType.LSTM) {
            Arrays.fill(bias, FORGET * units, (FORGET + 1) * units, 1);
        }
        return new RecurrentWeights(input, recurrent, bias);
    }

    /** Returns the recurrent weights as [gates * units, units]. */
    public float[] recurrentByGate() {
        float[] values = new float[bias.length * recurrent.length];
        for (int row = 0; row < recurrent.length; row++) {
            for (int column = 0; column < bias.length; column++) {
                values[column * recurrent.length + row] = recurrent[row][column];
            }
        }
        return values;
    }

    /** Returns the input weights as [channels, gates * units]. */
    public float[][] inputByChannel() {
        float[][] rows = new float[input.length / bias.length][bias.length];
        for (int i = 0; i < input.length; i++) {
            rows[i % rows.length][i / rows.length] = input[i];
        }
        return rows;
    }
}
