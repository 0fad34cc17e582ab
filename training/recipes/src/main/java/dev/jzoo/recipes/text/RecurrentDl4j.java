package dev.jzoo.recipes.text;

import dev.jzoo.training.Plan;
import dev.jzoo.training.dl4j.Dl4jLearner;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** {@link RecurrentCharacters} in DL4J, from ids [batch, time] to probabilities [batch, characters, time]. */
final class RecurrentDl4j {

    /** DL4J's column blocks are cell candidate, forget, output and input gate. */
    private static final int[] LSTM_BLOCKS = {2, 1, 3, 0};

    private static final int[] RNN_BLOCKS = {0};

    private RecurrentDl4j() {}

    /**
     * Returns the network.
     *
     * @param examples number of examples in an epoch
     */
    static MultiLayerNetwork network(RecurrentCharacters network, CharacterWeights weights, Plan plan, int examples) {
        int units = network.units();
        MultiLayerNetwork built = new MultiLayerNetwork(Dl4jLearner.configuration(plan, examples)
                .list()
                .layer(new EmbeddingSequenceLayer.Builder()
                        .nIn(network.characters())
                        .nOut(network.embedding())
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(recurrent(network))
                .layer(new DropoutLayer(1 - network.dropout()))
                .layer(new RnnOutputLayer.Builder(new LossMCXENT(perStep(network)))
                        .nIn(units)
                        .nOut(network.characters())
                        .dataFormat(RNNFormat.NCW)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        built.init();
        int[] blocks = network.cell() == RecurrentCharacters.CharacterCell.LSTM ? LSTM_BLOCKS : RNN_BLOCKS;
        built.setParam(
                "0_W", Nd4j.create(weights.embedding, new long[] {network.characters(), network.embedding()}, 'c'));
        built.setParam("1_W", ordered(weights.input, units, blocks));
        built.setParam("1_RW", ordered(weights.recurrent, units, blocks));
        built.setParam("1_b", ordered(new float[][] {weights.bias}, units, blocks));
        built.setParam("3_W", Nd4j.create(weights.dense));
        return built;
    }

    private static BaseRecurrentLayer recurrent(RecurrentCharacters network) {
        BaseRecurrentLayer.Builder<?> builder =
                network.cell() == RecurrentCharacters.CharacterCell.LSTM ? new LSTM.Builder() : new SimpleRnn.Builder();
        return builder.nIn(network.embedding())
                .nOut(network.units())
                .dataFormat(RNNFormat.NCW)
                .activation(Activation.TANH)
                .build();
    }

    /**
     * Returns class weights. DL4J sums the losses of a sequence's steps; with these weights the result is their mean.
     */
    private static INDArray perStep(RecurrentCharacters network) {
        return Nd4j.valueArrayOf(
                new long[] {1, network.characters()}, 1.0 / network.window(), Nd4j.defaultFloatingPointType());
    }

    private static INDArray ordered(float[][] rows, int units, int[] blocks) {
        float[][] ordered = new float[rows.length][rows[0].length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < ordered[row].length; column++) {
                ordered[row][column] = rows[row][blocks[column / units] * units + column % units];
            }
        }
        return Nd4j.create(ordered);
    }
}
