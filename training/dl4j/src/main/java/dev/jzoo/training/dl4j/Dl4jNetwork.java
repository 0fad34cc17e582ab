package dev.jzoo.training.dl4j;

import dev.jzoo.training.Learner;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.network.RecurrentWeights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A builder of networks for DL4J, as computation graphs. */
final class Dl4jNetwork {

    private final InitialWeights weights;
    private final Map<String, INDArray> initial = new LinkedHashMap<>();
    private GraphBuilder graph;
    private int count;

    Dl4jNetwork(InitialWeights weights) {
        this.weights = weights;
    }

    Learner learner(Network network, Examples examples, Plan plan) {
        int last = network.layers().size() - 1;
        long[] input = network.input();
        graph = Dl4jLearner.configuration(plan, examples.size())
                .graphBuilder()
                .addInputs("input")
                .setInputTypes(inputType(input));
        List<Layer> before = network.layers().subList(0, last);
        long[] features = Layer.through(before, input);
        String name = flattened(
                features, chain(before, input, "input", network.layers().subList(last, last + 1)));
        Layer.Dense dense = (Layer.Dense) network.layers().get(last);
        boolean isClassifier = plan.objective() instanceof Objective.CrossEntropy;
        graph.addLayer(
                "output",
                new OutputLayer.Builder(isClassifier ? LossFunction.MCXENT : LossFunction.MSE)
                        .nOut(dense.units())
                        .activation(isClassifier ? Activation.SOFTMAX : Activation.IDENTITY)
                        .build(),
                name);
        drawDense("output", dense, features, List.of());
        ComputationGraph built = new ComputationGraph(graph.setOutputs("output").build());
        built.init();
        initial.forEach(built::setParam);
        return new Dl4jLearner(built, examples, plan, isClassifier ? dense.units() : 0);
    }

    private static InputType inputType(long[] shape) {
        return switch (shape.length) {
            case 1 -> InputType.feedForward(shape[0]);
            case 2 -> InputType.recurrent(shape[0], shape[1]);
            default -> InputType.convolutional(shape[1], shape[2], shape[0]);
        };
    }

    /** Adds a chain of layers. Returns the name of its last one. */
    private String chain(List<Layer> layers, long[] input, String from, List<Layer> behind) {
        String name = from;
        long[] shape = input;
        for (int i = 0; i < layers.size(); i++) {
            List<Layer> following = i + 1 < layers.size() ? layers.subList(i + 1, layers.size()) : behind;
            name = add(layers.get(i), shape, name, following);
            shape = layers.get(i).output(shape);
        }
        return name;
    }

    private String add(Layer layer, long[] shape, String from, List<Layer> following) {
        if (layer instanceof Layer.Residual residual) {
            String body = chain(residual.body(), shape, from, following);
            String shortcut = chain(residual.shortcut(), shape, from, following);
            String sum = name("add");
            graph.addVertex(sum, new ElementWiseVertex(ElementWiseVertex.Op.Add), body, shortcut);
            return sum;
        } else if (layer instanceof Layer.Dense dense) {
            String flat = flattened(shape, from);
            String name = name("dense");
            graph.addLayer(
                    name,
                    new DenseLayer.Builder()
                            .nOut(dense.units())
                            .activation(Activation.IDENTITY)
                            .build(),
                    flat);
            drawDense(name, dense, shape, following);
            return name;
        } else if (layer instanceof Layer.Convolution convolution) {
            String name = name("conv");
            graph.addLayer(name, convolution(convolution, shape.length - 1), from);
            drawConvolution(name, convolution, shape, following);
            return name;
        }
        if (layer instanceof Layer.Recurrent recurrent) {
            String name = name("recurrent");
            graph.addLayer(name, Dl4jRecurrent.layer(recurrent), from);
            RecurrentWeights start = RecurrentWeights.draw(recurrent, (int) shape[0], weights);
            initial.putAll(Dl4jRecurrent.initial(recurrent, name, start));
            return name;
        } else if (layer instanceof Layer.LastStep) {
            String name = name("last");
            graph.addVertex(name, new LastTimeStepVertex("input"), from);
            return name;
        }
        org.deeplearning4j.nn.conf.layers.Layer plain = weightless(layer, shape.length - 1);
        String name = name(plain.getClass().getSimpleName().replace("Layer", "").toLowerCase(Locale.ROOT));
        graph.addLayer(name, plain, from);
        return name;
    }

    /**
     * Flattens sequences to features. DL4J flattens pictures before a dense layer, but passes a sequence to it step by
     * step.
     */
    private String flattened(long[] shape, String from) {
        if (shape.length != 2) {
            return from;
        }
        String name = name("flatten");
        graph.addVertex(name, new ReshapeVertex('c', new int[] {-1, (int) (shape[0] * shape[1])}, null), from);
        return name;
    }

    private String name(String kind) {
        return kind + "_" + count++;
    }

    private static FeedForwardLayer convolution(Layer.Convolution layer, int axes) {
        boolean bias = layer.bias() == Layer.Bias.WITH;
        if (axes == 1) {
            return new Convolution1DLayer.Builder(layer.kernel(), layer.stride(), layer.padding())
                    .nOut(layer.filters())
                    .hasBias(bias)
                    .activation(Activation.IDENTITY)
                    .build();
        }
        return new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
                .stride(layer.stride(), layer.stride())
                .padding(layer.padding(), layer.padding())
                .nOut(layer.filters())
                .hasBias(bias)
                .activation(Activation.IDENTITY)
                .build();
    }

    /** Returns layers without random initial weights. */
    private static org.deeplearning4j.nn.conf.layers.Layer weightless(Layer layer, int axes) {
        if (layer instanceof Layer.MaxPool pool) {
            return axes == 1
                    ? new Subsampling1DLayer.Builder(PoolingType.MAX, pool.kernel(), pool.stride(), pool.padding())
                            .build()
                    : new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                            .kernelSize(pool.kernel(), pool.kernel())
                            .stride(pool.stride(), pool.stride())
                            .padding(pool.padding(), pool.padding())
                            .build();
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return new GlobalPoolingLayer(PoolingType.AVG);
        } else if (layer instanceof Layer.BatchNormalization) {
            return new BatchNormalization();
        } else if (layer instanceof Layer.Dropout dropout) {
            // DL4J expects the share that is kept.
            return new DropoutLayer(1 - dropout.share());
        }
        return new ActivationLayer(
                switch ((Layer.Activation) layer) {
                    case RELU -> Activation.RELU;
                    case SIGMOID -> Activation.SIGMOID;
                    case TANH -> Activation.TANH;
                });
    }

    private void drawDense(String name, Layer.Dense dense, long[] shape, List<Layer> following) {
        int inputs = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        float[] values = weights.draw(dense.units() * inputs, inputs, dense.units(), following);
        // Drawn as [units, inputs]; DL4J stores [inputs, units].
        initial.put(
                name + "_W",
                Nd4j.create(values, new long[] {dense.units(), inputs}, 'c').transpose());
    }

    private void drawConvolution(String name, Layer.Convolution layer, long[] shape, List<Layer> following) {
        int axes = shape.length - 1;
        int window = (int) Math.pow(layer.kernel(), axes);
        int fanIn = (int) shape[0] * window;
        float[] values = weights.draw(layer.filters() * fanIn, fanIn, layer.filters() * window, following);
        if (axes == 2) {
            long[] kernel = {layer.filters(), shape[0], layer.kernel(), layer.kernel()};
            initial.put(name + "_W", Nd4j.create(values, kernel, 'c'));
            return;
        }
        // DL4J reads the kernel of a one-dimensional convolution as if it were stored as [kernel, inputs, filters].
        INDArray kernel = Nd4j.create(values, new long[] {layer.filters(), shape[0], layer.kernel()}, 'c');
        initial.put(
                name + "_W",
                kernel.permute(2, 1, 0).dup('c').reshape('c', layer.filters(), shape[0], layer.kernel(), 1));
    }
}
