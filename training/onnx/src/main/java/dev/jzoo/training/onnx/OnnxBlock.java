package dev.jzoo.training.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.training.onnx.MergedWeights.SplitGraph;
import dev.jzoo.training.onnx.MergedWeights.SplitUse;
import dev.jzoo.training.onnx.operators.BlockConstants;
import dev.jzoo.training.onnx.operators.ForwardPass;
import dev.jzoo.training.onnx.operators.HostTensors;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An ONNX file as a block of DJL: it computes the same as the file, and its weights are trainable parameters. Inputs
 * and outputs are those of the file, in its order and types. Sizes that the file leaves open, above all the batch, may
 * have any value.
 *
 * <pre>{@code
 * OnnxBlock network = OnnxBlock.read(Path.of("resnet.onnx")).outputs("features").dropout(0.2);
 * network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 224, 224));
 * ... // trained like any block
 * network.written().write(Path.of("tuned.onnx"));
 * }</pre>
 *
 * <p>Parameters have the names of the file's initializers. Weights, biases and scales are trained. The running
 * statistics of batch normalisation follow the batches in training. Everything before the first weight
 * (pre-processing), single numbers and sizes stay unchanged. A weight that is stored in half precision and followed by
 * a Cast is trained in single precision, under the name of the Cast's output. A BatchNormalization with frozen scale
 * and bias uses its running statistics in training too, and does not change them. The running variance is that of a
 * sample, as in PyTorch.
 *
 * <p>Operators that compute in half precision do so here too. Their weights are trained in single precision and rounded
 * when the file is written. A file that was exported in training mode is converted to inference mode, and its nodes are
 * sorted. Constants that an exporter merged because they were equal are trained separately. {@link #advice()} tells you
 * which weights are not trained.
 *
 * <p>A file with sizes for a fixed batch also runs with other batches, if its Reshapes have the batch as the first
 * axis. The first time, the block also computes the first examples of the batch alone and checks that the results agree.
 *
 * <p>Supports opsets 7 to 25. Creating a block fails if the file has operators that cannot be computed; the exception
 * names all of them.
 */
public final class OnnxBlock extends AbstractBlock {

    private static final byte VERSION = 1;

    private final OnnxFile file;
    private final List<String> chosen;
    private final OptionalDouble dropout;
    private final List<SplitUse> splits;
    private final List<TrainableWeight> weights;
    private final List<String> weightAdvice;
    private final List<String> advice;
    private final ExecutionPlan plan;
    private boolean batchTried;
    private Optional<BlockConstants> constants = Optional.empty();

    @SuppressWarnings("this-escape")
    private OnnxBlock(OnnxFile file, List<String> chosen, OptionalDouble dropout) {
        super(VERSION);
        this.file = file;
        this.chosen = chosen;
        this.dropout = dropout;
        SplitGraph split = TrainableGraph.of(file, chosen, dropout);
        Graph graph = split.graph();
        splits = split.uses();
        weights = TrainableWeights.of(graph);
        weightAdvice = TrainingAdvice.onWeights(graph, weights);
        advice = TrainingAdvice.on(file.graph(), graph, weights, dropout.isPresent());
        for (TrainableWeight weight : weights) {
            Parameter parameter = addParameter(Parameter.builder()
                    .setName(weight.name())
                    .setType(weight.type())
                    .optShape(new Shape(weight.value().dims()))
                    .optRequiresGrad(weight.learns())
                    .build());
            parameter.setInitializer((manager, shape, type) -> HostTensors.array(weight.value(), manager));
        }
        plan = new ExecutionPlan(graph, parameters);
        inputNames = new ArrayList<>(plan.inputs());
    }

    /**
     * Reads a file.
     *
     * @param outputs names of the block's outputs, see {@link #outputs}; none for those of the file
     * @throws dev.jzoo.zoo.error.DataFormatException if it is not an ONNX file
     * @throws UnsupportedGraphException if it has nodes that cannot be computed, naming all of them
     */
    public static OnnxBlock read(Path file, String... outputs) throws IOException {
        return of(OnnxFile.read(file), outputs);
    }

    /**
     * Makes a block of a file in memory. Fails with {@link UnsupportedGraphException} if it has nodes that cannot be
     * computed.
     */
    public static OnnxBlock of(OnnxFile file, String... outputs) {
        return new OnnxBlock(ForeignFile.readied(file), List.of(outputs), OptionalDouble.empty());
    }

    /**
     * Returns the same network with the weights of the file, but with these tensors of the graph as outputs; it
     * computes only what they need. Fails with IllegalArgumentException if the graph has no tensor with one of the
     * names.
     */
    public OnnxBlock outputs(String... names) {
        return new OnnxBlock(file, List.of(names), dropout);
    }

    /**
     * Returns the same network with the weights of the file and with dropout in training: at the Dropout nodes of the
     * file, or before the last Gemm, MatMul or Conv if the file has none.
     *
     * @param ratio share of values to drop, 0 to below 1
     */
    public OnnxBlock dropout(double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException("The share to drop must be from 0 to below 1, not " + ratio + ".");
        }
        return new OnnxBlock(file, chosen, OptionalDouble.of(ratio));
    }

    /** Returns advice for the training, in sentences; empty if there is nothing unusual. */
    public List<String> advice() {
        return advice;
    }

    /** Returns the part of {@link #advice} about weights that are not trained, or that several layers share. */
    public List<String> weightAdvice() {
        return weightAdvice;
    }

    /** Returns the layers with weights, in the order in which the graph computes them, from the input to the output. */
    public List<BlockLayer> layers() {
        Map<String, List<Parameter>> byLayer = new LinkedHashMap<>();
        for (TrainableWeight weight : weights) {
            if (weight.learns()) {
                byLayer.computeIfAbsent(weight.layer(), name -> new ArrayList<>())
                        .add(parameters.get(weight.name()));
            }
        }
        return byLayer.entrySet().stream()
                .map(entry -> new BlockLayer(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Returns the layers in groups of neighbours of nearly equal size, from the input to the output. Use it for
     * learning rates that grow with depth.
     *
     * @param count number of groups, 1 to the number of layers
     */
    public List<List<BlockLayer>> depthGroups(int count) {
        List<BlockLayer> layers = layers();
        if (count < 1 || count > layers.size()) {
            throw new IllegalArgumentException(
                    "A network of " + layers.size() + " layers cannot be split into " + count + " groups of layers.");
        }
        List<List<BlockLayer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(layers.subList(i * layers.size() / count, (i + 1) * layers.size() / count));
        }
        return groups;
    }

    /** Freezes all layers except the last ones. */
    public void trainLast(int count) {
        List<BlockLayer> layers = layers();
        int frozen = Math.max(0, layers.size() - count);
        layers.subList(0, frozen).forEach(BlockLayer::freeze);
        layers.subList(frozen, layers.size()).forEach(BlockLayer::unfreeze);
    }

    /**
     * Freezes or unfreezes all parameters, like DJL's own method, but not running statistics, which never have a
     * gradient.
     */
    @Override
    public void freezeParameters(boolean freeze) {
        freezeParameters(freeze, parameter -> true);
    }

    @Override
    public void freezeParameters(boolean freeze, Predicate<Parameter> condition) {
        layers().stream()
                .flatMap(layer -> layer.parameters().stream())
                .filter(condition)
                .forEach(parameter -> parameter.freeze(freeze));
    }

    /**
     * Returns the file with the block's current weights and running statistics, and otherwise unchanged, with all of
     * its outputs. Weights that were stored in half precision stay so if a half represents each value exactly;
     * otherwise they are written in single precision. The Cast after them stays.
     */
    public OnnxFile written() {
        Map<String, TensorData> values = new LinkedHashMap<>();
        for (TrainableWeight weight : weights) {
            Parameter parameter = parameters.get(weight.name());
            if (parameter.isInitialized() && (weight.learns() || weight.isStatistic())) {
                values.put(
                        weight.name(),
                        HostTensors.tensor(parameter.getArray(), weight.value().type()));
            }
        }
        return WrittenFile.of(file, values, splits);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        if (inputs.size() != plan.inputs().size()) {
            throw new IllegalArgumentException(
                    "The network takes " + plan.inputs() + ", not " + inputs.size() + " arrays.");
        }
        // A graph of constants alone has no input that determines the manager.
        NDManager manager =
                inputs.isEmpty() ? store.getManager() : inputs.head().getManager();
        Device device = inputs.isEmpty() ? manager.getDevice() : inputs.head().getDevice();
        if (constants.isEmpty()) {
            constants = Optional.of(new BlockConstants(store.getManager()));
        }
        ForwardPass run = new ForwardPass(manager, device, training, constants.get());
        Function<Parameter, NDArray> current = parameter -> store.getValue(parameter, device, training);
        if (!batchTried && plan.batch().scale(inputs) > 1) {
            plan.batch().requireOpen(plan, new ForwardPass(manager, device, false, constants.get()), inputs, current);
            batchTried = true;
        }
        return plan.run(run, inputs, current);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        constants = Optional.of(new BlockConstants(manager));
    }

    @Override
    public void loadParameters(NDManager manager, DataInputStream in) throws IOException, MalformedModelException {
        super.loadParameters(manager, in);
        constants = Optional.of(new BlockConstants(manager));
    }

    /** Returns the shapes, which it finds by a pass over zeros. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        NDManager owner = parameters.isEmpty()
                ? NDManager.newBaseManager()
                : parameters.values().iterator().next().getArray().getManager();
        try (NDManager scratch = owner.newSubManager()) {
            NDList zeros = new NDList();
            for (int i = 0; i < inputs.length; i++) {
                zeros.add(scratch.zeros(inputs[i], plan.inputType(i)));
            }
            return forward(new ParameterStore(scratch, false), zeros, false).stream()
                    .map(NDArray::getShape)
                    .toArray(Shape[]::new);
        }
    }
}
