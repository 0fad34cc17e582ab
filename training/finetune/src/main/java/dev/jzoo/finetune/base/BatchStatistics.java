package dev.jzoo.finetune.base;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statistics that the first batch normalisations of a network store from its training: mean and variance of each
 * channel that reaches them. Pictures pre-processed as in training have similar statistics. So these numbers reveal the
 * pixel convention, without labels and without most of the layers.
 */
public final class BatchStatistics {

    /** Number of layers to compare: the first ones, because deeper ones depend on the subjects of the pictures. */
    private static final int LAYERS = 4;

    private static final List<Dimension> SHAPE = List.of(
            new Dimension.UnknownDimension(),
            new Dimension.UnknownDimension(),
            new Dimension.UnknownDimension(),
            new Dimension.UnknownDimension());

    private static final float SMALLEST_VARIANCE = 1e-10f;

    private BatchStatistics() {}

    /** Returns whether a batch normalisation exists; many files have merged theirs into the previous layers. */
    public static boolean exist(BaseNetwork base) {
        return base.type() == DataType.FLOAT && !layers(base.file().graph()).isEmpty();
    }

    /**
     * Measures how much the pictures differ from those of the training under a pixel convention: the mean over channels
     * and layers of the Kullback-Leibler divergence of two normal distributions, in nats; 0 if they are equal.
     *
     * @param pictures one array per picture, uint8 [height, width, channels]
     */
    public static double distance(BaseNetwork base, Normalization normalization, List<byte[]> pictures)
            throws IOException {
        OnnxFile prepared = ClassifierAssembly.prepared(base, Optional.of(normalization));
        List<Node> layers = layers(prepared.graph());
        OnnxFile asked = asking(prepared, layers);
        Map<String, TensorData> constants = prepared.graph().initializers();
        double[][] means = new double[layers.size()][];
        double[][] squares = new double[layers.size()][];
        for (int i = 0; i < means.length; i++) {
            int channels = (int) constants.get(layers.get(i).inputs().get(3)).elements();
            means[i] = new double[channels];
            squares[i] = new double[channels];
        }
        try (Backbone backbone = Backbone.open(asked, base.name(), base.size())) {
            for (byte[] picture : pictures) {
                Map<String, Tensor> moments = backbone.outputs(picture);
                for (int i = 0; i < layers.size(); i++) {
                    add(means[i], moments.get(mean(i)).floats(), pictures.size());
                    add(squares[i], moments.get(square(i)).floats(), pictures.size());
                }
            }
        }
        double sum = 0;
        for (int i = 0; i < layers.size(); i++) {
            List<String> inputs = layers.get(i).inputs();
            sum += divergence(
                    means[i],
                    squares[i],
                    constants.get(inputs.get(3)).floats(),
                    constants.get(inputs.get(4)).floats());
        }
        return sum / layers.size();
    }

    private static double divergence(double[] means, double[] squares, float[] mean, float[] variance) {
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
            double theirs = Math.max(SMALLEST_VARIANCE, variance[c]);
            double ours = Math.max(SMALLEST_VARIANCE, squares[c] - means[c] * means[c]);
            double off = means[c] - mean[c];
            sum += (Math.log(theirs / ours) + (ours + off * off) / theirs - 1) / 2;
        }
        return sum / mean.length;
    }

    private static void add(double[] sum, float[] values, int shares) {
        for (int c = 0; c < values.length; c++) {
            sum[c] += (double) values[c] / shares;
        }
    }

    /** Returns the batch normalisations of maps whose statistics are constants, in the order of the graph. */
    private static List<Node> layers(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.opType().equals("BatchNormalization")
                        && node.domain().isEmpty()
                        && node.inputs().size() == 5
                        && isFloat(graph, node.inputs().get(3))
                        && isFloat(graph, node.inputs().get(4)))
                .limit(LAYERS)
                .toList();
    }

    private static boolean isFloat(Graph graph, String constant) {
        TensorData value = graph.initializers().get(constant);
        return value != null && value.type() == DataType.FLOAT;
    }

    /** Returns the file up to those layers, with the moments of their inputs as outputs. */
    private static OnnxFile asking(OnnxFile file, List<Node> layers) {
        Graph graph = file.graph();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        List<ValueInfo> outputs = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String value = layers.get(i).inputs().get(0);
            nodes.add(node("Mul", List.of(value, value), "/asked/" + i));
            nodes.add(node("GlobalAveragePool", List.of(value), mean(i)));
            nodes.add(node("GlobalAveragePool", List.of("/asked/" + i), square(i)));
            outputs.add(new ValueInfo(mean(i), DataType.FLOAT, SHAPE));
            outputs.add(new ValueInfo(square(i), DataType.FLOAT, SHAPE));
        }
        Graph asking = new Graph(graph.name(), graph.inputs(), outputs, graph.initializers(), nodes, graph.values());
        return file.withGraph(GraphPass.pruning().apply(asking));
    }

    private static Node node(String opType, List<String> inputs, String output) {
        return new Node(opType, "", output + "/" + opType, inputs, List.of(output), new TreeMap<>());
    }

    private static String mean(int layer) {
        return "/asked/mean/" + layer;
    }

    private static String square(int layer) {
        return "/asked/square/" + layer;
    }
}
