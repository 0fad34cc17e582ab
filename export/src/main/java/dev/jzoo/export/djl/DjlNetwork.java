package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SymbolBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.TensorBridge;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.TensorData;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A DJL block about to be exported. */
final class DjlNetwork implements SourceNetwork {

    private static final String HINT =
            "Replace these parts, or put what they compute behind the exported network, in your own code.";

    private final Block block;
    private final List<ValueInfo> inputs;
    private final Map<Parameter, String> paths = new IdentityHashMap<>();
    private final NDManager manager;

    DjlNetwork(Block block, List<ValueInfo> declared) {
        if (block instanceof SymbolBlock) {
            throw new UnsupportedNetworkException(
                    List.of(block.getClass().getSimpleName()
                            + ": its weights are inside a compiled TorchScript or ONNX file"),
                    "Export the network in the framework that made it.");
        }
        this.block = block;
        name(block, "");
        requireInitialised();
        inputs = declared.isEmpty() ? describedInputs(block) : List.copyOf(declared);
        manager = NDManager.newBaseManager();
    }

    /** Names every parameter by its path: "features.3.weight". A shared one keeps the first. */
    private void name(Block parent, String prefix) {
        for (Pair<String, Parameter> parameter : parent.getDirectParameters()) {
            paths.putIfAbsent(parameter.getValue(), prefix + parameter.getKey());
        }
        for (Pair<String, Block> child : parent.getChildren()) {
            name(child.getValue(), prefix + child.getKey() + ".");
        }
    }

    private void requireInitialised() {
        List<String> missing = paths.entrySet().stream()
                .filter(entry -> !entry.getKey().isInitialized())
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "The block is not initialised: " + String.join(", ", missing)
                            + " have no values. Call initialize(manager, DataType.FLOAT32, inputShape) or load its parameters.");
        }
    }

    private static List<ValueInfo> describedInputs(Block block) {
        List<ValueInfo> described = new ArrayList<>();
        if (block.isInitialized() && block.getInputShapes() != null) {
            Shape[] shapes = block.getInputShapes();
            for (int i = 0; i < shapes.length; i++) {
                long[] sizes = shapes[i].getShape();
                List<Dim> dims = new ArrayList<>(
                        Dim.shape(java.util.Arrays.stream(sizes).map(Math::abs).toArray()));
                dims.set(0, Dim.BATCH);
                described.add(new ValueInfo(i == 0 ? "input" : "input_" + i, DataType.FLOAT, dims));
            }
        }
        if (described.isEmpty()) {
            throw new IllegalArgumentException("The block does not tell the shapes of its inputs. Declare them:"
                    + " OnnxExporter.of(block).input(\"input\", DataType.FLOAT, Dim.batchOf(3, 224, 224)).");
        }
        return described;
    }

    @Override
    public List<ValueInfo> inputs() {
        return inputs;
    }

    @Override
    public List<ValueInfo> emit(GraphBuilder graph, List<String> inputNames) {
        AxisSizes sizes = new AxisSizes(inputs);
        try (NDManager scratch = manager.newSubManager()) {
            Recording first = record(scratch, sizes, 0);
            Recording second = record(scratch, sizes, 1);
            requireSameSteps(first, second);
            Map<Integer, String> names = new HashMap<>();
            for (int i = 0; i < inputNames.size(); i++) {
                names.put(i, inputNames.get(i));
            }
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < first.steps().size(); i++) {
                Step step = first.steps().get(i);
                graph.scope(step.scope());
                try {
                    Primitives.emit(
                            step.primitive(),
                            new Call(graph, step, second.steps().get(i), names));
                } catch (Call.Unsupported e) {
                    faults.add((step.scope().isEmpty() ? "" : step.scope() + ", ") + step.primitive() + ": "
                            + e.getMessage());
                } catch (Call.Cascade e) {
                    // the step that it depends on was named already
                }
            }
            graph.scope("");
            if (!faults.isEmpty()) {
                throw new UnsupportedNetworkException(faults.stream().distinct().toList(), HINT);
            }
            List<ValueInfo> outputs = new ArrayList<>();
            for (int i = 0; i < first.outputs().size(); i++) {
                Traced ours = first.outputs().get(i);
                String name = names.get(ours.number());
                if (name == null) {
                    throw new UnsupportedNetworkException(
                            List.of("output " + i + ": it does not depend on the input"), HINT);
                }
                List<Dim> shape =
                        sizes.merge(ours.shape(), second.outputs().get(i).shape());
                outputs.add(new ValueInfo(name, DjlTypes.of(ours.type()), shape));
            }
            return outputs;
        }
    }

    private Recording record(NDManager scratch, AxisSizes sizes, int which) {
        NDList arrays = new NDList();
        for (ValueInfo input : inputs) {
            arrays.add(example(scratch, input.type(), sizes.shape(input.shape(), which)));
        }
        try {
            return new Recorder(scratch, paths).record(block, arrays);
        } catch (ValueReadException e) {
            throw new UnsupportedNetworkException(
                    List.of("the forward pass reads the values of a tensor (" + e.getMessage()
                            + "), so that it may take another way for another input"),
                    "Compute the decision with array operations, such as NDArrays.where.");
        }
    }

    private static NDArray example(NDManager scratch, DataType type, Shape shape) {
        return type.isFloating()
                ? scratch.randomNormal(shape, DjlTypes.of(type))
                : scratch.ones(shape, DjlTypes.of(type));
    }

    private static void requireSameSteps(Recording first, Recording second) {
        List<String> ours = first.steps().stream().map(Step::primitive).toList();
        List<String> theirs = second.steps().stream().map(Step::primitive).toList();
        if (!ours.equals(theirs)) {
            throw new UnsupportedNetworkException(
                    List.of("the forward pass runs " + ours.size() + " primitives for one size of the input and "
                            + theirs.size() + " for another, or others"),
                    "Declare the axis that changes the computation with a fixed size.");
        }
    }

    @Override
    public List<Tensor> run(List<Tensor> given) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList arrays = new NDList();
            for (Tensor tensor : given) {
                TensorData data = TensorBridge.data(tensor);
                arrays.add(DjlTypes.array(scratch, data));
            }
            NDList outputs = block.forward(new ParameterStore(scratch, false), arrays, false);
            List<Tensor> results = outputs.stream()
                    .map(DjlTypes::data)
                    .map(TensorBridge::tensor)
                    .toList();
            outputs.close();
            return results;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
