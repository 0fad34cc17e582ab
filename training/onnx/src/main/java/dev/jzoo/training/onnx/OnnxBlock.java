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
 * An ONNX file as a block of DJL: it computes what the file computes, and its weights are parameters that learn. Inputs and
 * outputs are those of the file, in its order and types; sizes that the file leaves open may be any, the batch above all.
 *
 * <pre>{@code
 * OnnxBlock network = OnnxBlock.read(Path.of("resnet.onnx")).outputs("features").dropout(0.2);
 * network.initialize(manager, DataType.FLOAT32, new Shape(1, 3, 224, 224));
 * ... // trained as any block
 * network.written().write(Path.of("tuned.onnx"));
 * }</pre>
 *
 * <p>Parameters have the names of the file's initializers. Weights, biases and scales learn; the running statistics of batch
 * normalisation follow the batches in training; what stands before the first weight (pre-processing), single numbers and sizes
 * stay. A weight that is stored in half precision with a Cast behind learns in single precision, under the name of the
 * Cast's output. A BatchNormalization whose scale and bias are frozen uses its running statistics in training too, and leaves
 * them. The running variance follows that of a sample, as in PyTorch.
 *
 * <p>Operators that compute in half precision do so here too; their weights learn in single precision and are rounded when the
 * file is written. A file that was exported in training mode is taken to inference, its nodes are sorted, and constants that an
 * exporter merged because they were equal learn each on its own. {@link #advice()} tells what does not learn.
 *
 * <p>A file whose sizes were fixed for one batch runs at others too, as long as its Reshapes have the batch in front. The first
 * time, an example of the batch is computed alone as well: the results must agree.
 *
 * <p>Opsets 7 to 25. Operators that cannot be computed are refused when the block is made, all at once.
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
    private final ExecutionPlan program;
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
        program = new ExecutionPlan(graph, parameters);
        inputNames = new ArrayList<>(program.inputs());
    }

    /**
     * Reads a file.
     *
     * @param outputs tensors that the block gives, as {@link #outputs} says; those of the file where none are named
     * @throws dev.jzoo.zoo.error.DataFormatException where it is no ONNX
     * @throws UnsupportedGraphException where it has nodes that cannot be computed, naming all of them
     */
    public static OnnxBlock read(Path file, String... outputs) throws IOException {
        return of(OnnxFile.read(file), outputs);
    }

    /** A file that is in memory. Fails with {@link UnsupportedGraphException} where it has nodes that cannot be computed. */
    public static OnnxBlock of(OnnxFile file, String... outputs) {
        return new OnnxBlock(ForeignFile.readied(file), List.of(outputs), OptionalDouble.empty());
    }

    /**
     * The same network, with the weights of the file, giving these tensors of the graph and computing nothing that they do not
     * need. Fails with IllegalArgumentException where the graph has no tensor of a name.
     */
    public OnnxBlock outputs(String... names) {
        return new OnnxBlock(file, List.of(names), dropout);
    }

    /**
     * The same network, with the weights of the file, dropping values in training: at the Dropout nodes of the file, or where it
     * has none, in front of the last Gemm, MatMul or Conv.
     *
     * @param ratio share that is dropped, 0 to below 1
     */
    public OnnxBlock dropout(double ratio) {
        if (!(ratio >= 0 && ratio < 1)) {
            throw new IllegalArgumentException("A share from 0 to below 1 is dropped, not " + ratio + ".");
        }
        return new OnnxBlock(file, chosen, OptionalDouble.of(ratio));
    }

    /** What whoever trains the network should know: sentences, none where there is nothing unusual. */
    public List<String> advice() {
        return advice;
    }

    /** The part of {@link #advice} that is about weights which do not learn, or which several layers share. */
    public List<String> weightAdvice() {
        return weightAdvice;
    }

    /** The layers with weights, from the input to the output: in the order in which the graph computes them. */
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
     * The layers in groups of neighbours, as many in each as can be: what is near the input first. For learning rates that grow
     * with depth.
     *
     * @param count of groups, 1 to the number of layers
     */
    public List<List<BlockLayer>> depthGroups(int count) {
        List<BlockLayer> layers = layers();
        if (count < 1 || count > layers.size()) {
            throw new IllegalArgumentException(
                    "A network of " + layers.size() + " layers has no " + count + " groups of layers.");
        }
        List<List<BlockLayer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(layers.subList(i * layers.size() / count, (i + 1) * layers.size() / count));
        }
        return groups;
    }

    /** Freezes all layers but the last ones. */
    public void trainLast(int count) {
        List<BlockLayer> layers = layers();
        int frozen = Math.max(0, layers.size() - count);
        layers.subList(0, frozen).forEach(BlockLayer::freeze);
        layers.subList(frozen, layers.size()).forEach(BlockLayer::unfreeze);
    }

    /** As DJL's own, but leaves running statistics alone, which never have a gradient. */
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
     * The file with the weights and running statistics that the block has now, and otherwise as it was read, whatever outputs
     * were chosen. Weights that were stored in half precision stay so where a half has each value exactly, and are written in
     * single precision otherwise; the Cast behind them stays.
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
        if (inputs.size() != program.inputs().size()) {
            throw new IllegalArgumentException(
                    "The network takes " + program.inputs() + ", not " + inputs.size() + " arrays.");
        }
        // A graph of constants alone has no input that would tell.
        NDManager manager =
                inputs.isEmpty() ? store.getManager() : inputs.head().getManager();
        Device device = inputs.isEmpty() ? manager.getDevice() : inputs.head().getDevice();
        if (constants.isEmpty()) {
            constants = Optional.of(new BlockConstants(store.getManager()));
        }
        ForwardPass run = new ForwardPass(manager, device, training, constants.get());
        Function<Parameter, NDArray> current = parameter -> store.getValue(parameter, device, training);
        if (!batchTried && program.batch().scale(inputs) > 1) {
            program.batch()
                    .requireOpen(program, new ForwardPass(manager, device, false, constants.get()), inputs, current);
            batchTried = true;
        }
        return program.run(run, inputs, current);
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

    /** Found by a pass over zeros. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        NDManager owner = parameters.isEmpty()
                ? NDManager.newBaseManager()
                : parameters.values().iterator().next().getArray().getManager();
        try (NDManager scratch = owner.newSubManager()) {
            NDList zeros = new NDList();
            for (int i = 0; i < inputs.length; i++) {
                zeros.add(scratch.zeros(inputs[i], program.inputType(i)));
            }
            return forward(new ParameterStore(scratch, false), zeros, false).stream()
                    .map(NDArray::getShape)
                    .toArray(Shape[]::new);
        }
    }
}
