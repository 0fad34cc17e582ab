package dev.jzoo.training.recipes;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import dev.jzoo.training.Engine;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.fit.DjlLearner;
import dev.jzoo.training.fit.Dl4jLearner;
import dev.jzoo.training.fit.EngineSetup;
import dev.jzoo.training.fit.Examples;
import dev.jzoo.training.fit.Learner;
import dev.jzoo.training.fit.Plan;
import dev.jzoo.training.fit.SavedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * An LSTM over the last values of one series and a linear layer on its last state: the same initial weights and the same
 * steps in both engines.
 *
 * <p>Gates are held in the order input, forget, cell, output: input weights Glorot uniform, recurrent weights orthogonal,
 * biases 0 but for the forget gate's, which is 1.
 */
final class LookBackLstm {

    private static final int GATES = 4;
    private static final int FORGET = 1;

    /** DL4J's column blocks are cell candidate, forget, output and input gate. */
    private static final int[] DL4J_BLOCKS = {2, 1, 3, 0};

    private final int units;
    private final float[] input;
    private final float[][] recurrent;
    private final float[] bias;
    private final float[] dense;

    private LookBackLstm(int units, long seed) {
        Random random = new Random(seed);
        this.units = units;
        input = dev.jzoo.training.net.Glorot.uniform(GATES * units, 1, GATES * units, random);
        recurrent = dev.jzoo.training.net.Glorot.orthogonal(units, GATES * units, random);
        bias = new float[GATES * units];
        Arrays.fill(bias, FORGET * units, (FORGET + 1) * units, 1);
        dense = dev.jzoo.training.net.Glorot.uniform(units, units, 1, random);
    }

    /**
     * @param examples inputs [pairs, lookBack] in 0 to 1; DJL reads them as [pairs, lookBack, 1], DL4J as [pairs, 1, lookBack]
     */
    static Learner learner(TrainingRun run, Examples examples, int units, Plan plan) {
        LookBackLstm start = new LookBackLstm(units, run.hyperparameters().seed());
        return run.engine() == Engine.DJL
                ? start.djl(EngineSetup.manager(run), examples, plan)
                : start.dl4j(examples, plan);
    }

    private Learner djl(NDManager manager, Examples examples, Plan plan) {
        Block block = block(manager, new Shape(1).addAll(new Shape(examples.inputShape())));
        return new DjlLearner(manager, block, examples, plan);
    }

    /**
     * The network of a checkpoint.
     *
     * @param lookBack values that it reads
     */
    static SavedNetwork saved(Engine engine, int units, int lookBack, Path checkpoint) throws IOException {
        if (engine == Engine.DL4J) {
            return SavedNetwork.dl4j(checkpoint);
        }
        NDManager manager = NDManager.newBaseManager();
        Block block = new LookBackLstm(units, 0).block(manager, new Shape(1, lookBack, 1));
        return SavedNetwork.djl(manager, block, checkpoint);
    }

    private Block block(NDManager manager, Shape pairs) {
        LSTM lstm = LSTM.builder().setNumLayers(1).setStateSize(units).build();
        Linear linear = Linear.builder().setUnits(1).build();
        SequentialBlock block = new SequentialBlock()
                .add(lstm)
                .add(new LambdaBlock(list -> new NDList(list.head().get(":, -1")), "lastStep"))
                .add(linear);
        DjlLearner.startFrom(lstm.getDirectParameters().get("l_0_i2h_WEIGHT"), input);
        DjlLearner.startFrom(lstm.getDirectParameters().get("l_0_h2h_WEIGHT"), transposed());
        DjlLearner.startFrom(lstm.getDirectParameters().get("l_0_i2h_BIAS"), bias);
        // The engine adds two biases. Training both would double the step of their sum, so one stays 0.
        Parameter second = lstm.getDirectParameters().get("l_0_h2h_BIAS");
        DjlLearner.startFrom(second, new float[GATES * units]);
        DjlLearner.startFrom(linear.getDirectParameters().get("weight"), dense);
        block.initialize(manager, DataType.FLOAT32, pairs);
        second.freeze(true);
        return block;
    }

    /** The recurrent weights as [gates * units, units]. */
    private float[] transposed() {
        float[] values = new float[GATES * units * units];
        for (int row = 0; row < units; row++) {
            for (int column = 0; column < GATES * units; column++) {
                values[column * units + row] = recurrent[row][column];
            }
        }
        return values;
    }

    private Learner dl4j(Examples examples, Plan plan) {
        MultiLayerNetwork network = new MultiLayerNetwork(Dl4jLearner.configuration(plan, examples.size())
                .list()
                .layer(new LastTimeStep(new org.deeplearning4j.nn.conf.layers.LSTM.Builder()
                        .nIn(1)
                        .nOut(units)
                        .activation(Activation.TANH)
                        .build()))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(units)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        network.init();
        network.setParam("0_W", blocks(new float[][] {input}));
        network.setParam("0_RW", blocks(recurrent));
        network.setParam("0_b", blocks(new float[][] {bias}));
        network.setParam("1_W", Nd4j.create(dense, new long[] {units, 1}, 'c'));
        return new Dl4jLearner(network, examples, plan, 0);
    }

    private INDArray blocks(float[][] rows) {
        INDArray result = Nd4j.create(rows.length, (long) GATES * units);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < GATES * units; column++) {
                int from = DL4J_BLOCKS[column / units] * units + column % units;
                result.putScalar(row, column, rows[row][from]);
            }
        }
        return result;
    }
}
