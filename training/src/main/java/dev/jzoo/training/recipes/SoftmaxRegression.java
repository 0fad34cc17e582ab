package dev.jzoo.training.recipes;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.fit.DjlLearner;
import dev.jzoo.training.fit.Dl4jLearner;
import dev.jzoo.training.fit.Examples;
import dev.jzoo.training.fit.Learner;
import dev.jzoo.training.fit.Objective;
import dev.jzoo.training.fit.SavedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * One linear layer and a softmax, trained by stochastic gradient descent on cross-entropy: the same initial weights and
 * the same steps in both engines.
 */
final class SoftmaxRegression {

    private SoftmaxRegression() {}

    static Learner learner(Engine engine, Examples examples, int classes, Hyperparameters settings) {
        int inputs = examples.inputSize();
        float[] weight = Glorot.uniform(inputs * classes, inputs, classes, new Random(settings.seed()));
        return engine == Engine.DJL
                ? djl(examples, classes, weight, settings)
                : dl4j(examples, classes, weight, settings);
    }

    private static Learner djl(Examples examples, int classes, float[] weight, Hyperparameters settings) {
        NDManager manager = NDManager.newBaseManager();
        Block block = block(manager, examples.inputSize(), classes, weight);
        Optimizer sgd = Optimizer.sgd()
                .setLearningRateTracker(Tracker.fixed((float) settings.learningRate()))
                .build();
        return new DjlLearner(manager, block, examples, Objective.CROSS_ENTROPY, sgd, settings.batch());
    }

    private static Block block(NDManager manager, int inputs, int classes, float[] weight) {
        Block block = Linear.builder().setUnits(classes).build();
        DjlLearner.startFrom(block.getDirectParameters().get("weight"), weight);
        block.initialize(manager, DataType.FLOAT32, new Shape(1, inputs));
        return block;
    }

    /** The network of a checkpoint. */
    static SavedNetwork saved(Engine engine, int inputs, int classes, Path checkpoint) throws IOException {
        if (engine == Engine.DL4J) {
            return SavedNetwork.dl4j(checkpoint);
        }
        NDManager manager = NDManager.newBaseManager();
        return SavedNetwork.djl(manager, block(manager, inputs, classes, new float[inputs * classes]), checkpoint);
    }

    private static Learner dl4j(Examples examples, int classes, float[] weight, Hyperparameters settings) {
        int inputs = examples.inputSize();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .updater(new Sgd(settings.learningRate()))
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
        return new Dl4jLearner(network, examples, Objective.CROSS_ENTROPY, classes, settings.batch());
    }
}
