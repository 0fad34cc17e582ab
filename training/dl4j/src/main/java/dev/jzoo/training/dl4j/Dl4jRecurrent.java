package dev.jzoo.training.dl4j;

import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.RecurrentWeights;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Recurrent layers for DL4J, over [batch, channels, length]. */
final class Dl4jRecurrent {

    /** Order of DL4J's column blocks: cell candidate, forget, output and input gate. */
    private static final int[] LSTM_BLOCKS = {2, 1, 3, 0};

    private static final int[] ONE_BLOCK = {0};

    private Dl4jRecurrent() {}

    static org.deeplearning4j.nn.conf.layers.Layer layer(Layer.Recurrent layer) {
        return switch (layer.cell()) {
            case SIMPLE ->
                new SimpleRnn.Builder()
                        .nOut(layer.units())
                        .activation(Activation.TANH)
                        .build();
            case LSTM ->
                new LSTM.Builder()
                        .nOut(layer.units())
                        .activation(Activation.TANH)
                        .build();
            case GRU -> throw new IllegalStateException("Dl4jEngine does not build networks with a GRU.");
        };
    }

    /** Returns the initial weights of a layer, by the names of its parameters. */
    static Map<String, INDArray> initial(Layer.Recurrent layer, String name, RecurrentWeights start) {
        int[] blocks = layer.cell() == Layer.CellType.LSTM ? LSTM_BLOCKS : ONE_BLOCK;
        return Map.of(
                name + "_W", columns(start.inputByChannel(), blocks),
                name + "_RW", columns(start.recurrent(), blocks),
                name + "_b", columns(new float[][] {start.bias()}, blocks));
    }

    private static INDArray columns(float[][] rows, int[] blocks) {
        int units = rows[0].length / blocks.length;
        INDArray result = Nd4j.create(rows.length, (long) rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                int from = blocks[column / units] * units + column % units;
                result.putScalar(row, column, rows[row][from]);
            }
        }
        return result;
    }
}
