package dev.jzoo.training.recipes;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import dev.jzoo.training.Engine;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.fit.DjlLearner;
import dev.jzoo.training.fit.Dl4jLearner;
import dev.jzoo.training.fit.EngineSetup;
import dev.jzoo.training.fit.Examples;
import dev.jzoo.training.fit.Learner;
import dev.jzoo.training.fit.Plan;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * One linear layer and a softmax, trained by stochastic gradient descent on cross-entropy: the same initial weights and
 * the same steps in both engines.
 */
final class SoftmaxRegression {

    private SoftmaxRegression() {}

    static Learner learner(TrainingRun run, Examples examples, int classes, Plan plan) {
        int inputs = examples.inputSize();
        float[] weight = Glorot.uniform(
                inputs * classes,
                inputs,
                classes,
                new Random(run.hyperparameters().seed()));
        return run.engine() == Engine.DJL
                ? djl(EngineSetup.manager(run), examples, classes, weight, plan)
                : dl4j(examples, classes, weight, plan);
    }

    private static Learner djl(NDManager manager, Examples examples, int classes, float[] weight, Plan plan) {
        Block block = Linear.builder().setUnits(classes).build();
        DjlLearner.startFrom(block.getDirectParameters().get("weight"), weight);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, examples.inputSize()));
        return new DjlLearner(manager, block, examples, plan);
    }

    private static Learner dl4j(Examples examples, int classes, float[] weight, Plan plan) {
        int inputs = examples.inputSize();
        MultiLayerNetwork network = new MultiLayerNetwork(Dl4jLearner.configuration(plan, examples.size())
                .list()
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(inputs)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        // DJL keeps the weight as [units, inputs], DL4J as [inputs, units].
        network.setParam(
                "0_W", Nd4j.create(weight, new long[] {classes, inputs}, 'c').transpose());
        return new Dl4jLearner(network, examples, plan, classes);
    }
}
