package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.TensorBridge;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.djl.primitives.DjlTypes;
import dev.jzoo.export.djl.primitives.PrimitiveEmission;
import dev.jzoo.export.djl.primitives.Primitives;
import dev.jzoo.export.djl.primitives.StepContext;
import dev.jzoo.export.djl.recording.NotInEngineException;
import dev.jzoo.export.djl.recording.ParameterPaths;
import dev.jzoo.export.djl.recording.RecordedStep;
import dev.jzoo.export.djl.recording.RecordedTensor;
import dev.jzoo.export.djl.recording.Recorder;
import dev.jzoo.export.djl.recording.Recording;
import dev.jzoo.export.djl.recording.ShapeOnly;
import dev.jzoo.export.djl.recording.ValueReadException;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A DJL block, open for export. */
final class RecordedNetwork implements SourceNetwork {

    /**
     * The largest batch for comparing a block with ghost batch normalisation. It is smaller than any virtual batch in
     * practice: above its virtual batch, the block returns another shape.
     */
    private static final int GHOST_BATCH = 4;

    private final Block block;
    private final List<ValueInfo> inputs;
    private final ParameterPaths paths;
    private final List<String> warnings = new ArrayList<>();
    private final NDManager manager;
    /** Numbers of rows of the tables in which inputs are looked up, by the inputs' positions. */
    private final Map<Integer, Long> vocabularies = new HashMap<>();

    private int largestBatch = Integer.MAX_VALUE;
    private InputExamples examples = this::undeclared;
    private RecordedIntermediates intermediates = RecordedIntermediates.NONE;
    private List<String> outputNames = List.of();

    RecordedNetwork(Block block, List<ValueInfo> declared) {
        this.block = block;
        paths = new ParameterPaths(block);
        requireReadableWeights();
        requireInitialised();
        inputs = declared.isEmpty() ? describedInputs(block, paths) : List.copyOf(declared);
        manager = NDManager.newBaseManager();
    }

    private void requireReadableWeights() {
        List<String> compiled = new ArrayList<>();
        paths.blocks().forEach((path, part) -> {
            String name = (path.isEmpty() ? "" : path + ".") + part.getClass().getSimpleName();
            if (part instanceof SymbolBlock) {
                compiled.add(name + ": its weights are inside a compiled TorchScript or ONNX file");
            } else if (part instanceof GhostBatchNorm) {
                largestBatch = GHOST_BATCH;
                warnings.add(name
                        + " was exported as plain batch normalisation, because in inference DJL itself returns"
                        + " another shape above its virtual batch size.");
            }
        });
        if (!compiled.isEmpty()) {
            throw new UnsupportedNetworkException(
                    compiled,
                    "If the block was loaded from an ONNX file, use that file. If it was loaded from"
                            + " TorchScript, export it in Python with torch.onnx.");
        }
    }

    private void requireInitialised() {
        List<String> missing = paths.withoutValues();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot export the block, because it is not initialised: " + String.join(", ", missing)
                            + " have no values. Call initialize(manager, DataType.FLOAT32, inputShape) or load its"
                            + " parameters.");
        }
    }

    /** Returns the block's inputs, in the precision of its parameters. */
    private static List<ValueInfo> describedInputs(Block block, ParameterPaths paths) {
        List<ValueInfo> described = new ArrayList<>();
        DataType type = paths.registered().stream()
                .map(parameter -> parameter.getArray().getDataType())
                .filter(ai.djl.ndarray.types.DataType::isFloating)
                .map(DjlTypes::of)
                .findFirst()
                .orElse(DataType.FLOAT);
        if (block.isInitialized() && block.getInputShapes() != null) {
            Shape[] shapes = block.getInputShapes();
            for (int i = 0; i < shapes.length; i++) {
                long[] sizes = shapes[i].getShape();
                List<Dimension> dims = new ArrayList<>(
                        Dimension.shape(Arrays.stream(sizes).map(Math::abs).toArray()));
                dims.set(0, Dimension.BATCH);
                described.add(new ValueInfo(i == 0 ? "input" : "input_" + i, type, dims));
            }
        }
        if (described.isEmpty()) {
            throw new InputDeclarationException(
                    "Cannot export the block, because it does not know the shapes of its inputs.",
                    InputDeclarationException.Lack.SHAPE,
                    List.of());
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
            RecordingFailures.requireSameSteps(first, second);
            outputNames = outputNames(first.outputNames(), inputNames);
            PrimitiveEmission emission = new PrimitiveEmission(
                    graph,
                    first,
                    Stream.of(inputNames, outputNames).flatMap(List::stream).toList());
            for (int i = 0; i < inputNames.size(); i++) {
                emission.name(first.inputs().get(i), second.inputs().get(i), inputNames.get(i));
            }
            List<String> faults = new ArrayList<>();
            for (int i = 0; i < first.steps().size(); i++) {
                emit(first.steps().get(i), second.steps().get(i), emission, faults);
            }
            graph.scope("");
            List<ValueInfo> outputs = new ArrayList<>();
            for (int i = 0; i < first.outputs().size(); i++) {
                RecordedTensor ours = first.outputs().get(i);
                RecordedTensor theirs = second.outputs().get(i);
                try {
                    String name = emission.name(ours, theirs);
                    boolean taken =
                            outputs.stream().anyMatch(output -> output.name().equals(name));
                    outputs.add(new ValueInfo(
                            taken ? graph.op("Identity", name).emit() : name,
                            DjlTypes.of(ours.type()),
                            sizes.merge(ours.shape(), theirs.shape())));
                } catch (StepContext.UnsupportedStepException e) {
                    faults.add("output " + i + ": " + e.getMessage());
                } catch (StepContext.UnavailableInputException e) {
                    if (faults.isEmpty()) {
                        throw new IllegalStateException("No step wrote output " + i + ".", e);
                    }
                }
            }
            if (!faults.isEmpty()) {
                throw new UnsupportedNetworkException(faults.stream().distinct().toList(), RecordingFailures.HINT);
            }
            first.steps().forEach(this::learnVocabulary);
            intermediates = new RecordedIntermediates(first.primitives(), emission.names());
            return outputs;
        }
    }

    /**
     * Returns the names that the forward pass set with {@code setName}. A name that an input or another output has gets
     * a number.
     */
    private static List<String> outputNames(List<String> given, List<String> inputs) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i).isEmpty() ? i == 0 ? "output" : "output_" + i : given.get(i);
            String free = name;
            for (int copy = 1; names.contains(free) || inputs.contains(free); copy++) {
                free = name + "_" + copy;
            }
            names.add(free);
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> outputNames() {
        return outputNames;
    }

    private List<Tensor> undeclared(ToLongFunction<Dimension> sizes) {
        Random random = new Random(0);
        return inputs.stream()
                .map(input -> InputValues.unknown().draw(input, sizes, random))
                .toList();
    }

    private void learnVocabulary(RecordedStep step) {
        if (step.primitive().equals("embedding")
                && step.arguments().get(1) instanceof RecordedTensor ids
                && step.arguments().get(2) instanceof RecordedTensor table
                && ids.origin() instanceof RecordedTensor.TensorOrigin.InputOrigin input) {
            vocabularies.merge(input.position(), table.shape().get(0), Math::min);
        }
    }

    /** Returns ids below the size of the table in which the input is looked up. */
    @Override
    public InputValues values(ValueInfo input) {
        Long vocabulary = vocabularies.get(inputs.indexOf(input));
        return vocabulary == null ? InputValues.unknown() : InputValues.wholeBetween(0, vocabulary - 1);
    }

    @Override
    public SourceNetwork withExamples(InputExamples given) {
        examples = given;
        return this;
    }

    @Override
    public int largestBatch() {
        return largestBatch;
    }

    /**
     * Adds the nodes of a step. A step without an ONNX form is added to the faults, so that all of them are reported at
     * once.
     */
    private static void emit(RecordedStep first, RecordedStep second, PrimitiveEmission emission, List<String> faults) {
        emission.graph().scope(first.scope());
        try {
            StepContext call = new StepContext(emission, first, second);
            if (call.isRead() && !call.isFixed()) {
                Primitives.emit(first.primitive(), call);
            }
        } catch (StepContext.UnsupportedStepException e) {
            faults.add(
                    (first.scope().isEmpty() ? "" : first.scope() + ", ") + first.primitive() + ": " + e.getMessage());
        } catch (StepContext.UnavailableInputException e) {
            // The faults include the step that it depends on.
        }
    }

    private Recording record(NDManager scratch, AxisSizes sizes, int which) {
        NDList arrays = arrays(examples.of(dim -> sizes.size(dim, which)), scratch);
        try {
            try {
                return new Recorder(scratch, paths, ShapeOnly::of).record(block, arrays);
            } catch (ValueReadException | NotInEngineException e) {
                throw e;
            } catch (RuntimeException e) {
                // Some primitives of an engine do not accept an array that is really one element.
                return Recorder.computing(scratch, paths, (result, array) -> {}).record(block, arrays);
            }
        } catch (ValueReadException e) {
            throw RecordingFailures.refused(e);
        } catch (NotInEngineException e) {
            throw RecordingFailures.lacking(e.getMessage());
        } catch (RuntimeException e) {
            throw RecordingFailures.failing(arrays, inputs, e);
        }
    }

    @Override
    public List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (!paths.unregistered().isEmpty()) {
            all.add("DJL does not save or train " + String.join(", ", paths.unregistered())
                    + ", because their layers are not registered as children. The file has their present"
                    + " values. Call addChildBlock(name, layer) in the block's constructor to keep them with"
                    + " the network.");
        }
        return all;
    }

    @Override
    public List<Tensor> run(List<Tensor> given) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList outputs = block.forward(new ParameterStore(scratch, false), arrays(given, scratch), false);
            List<Tensor> results = outputs.stream()
                    .map(DjlTypes::carried)
                    .map(DjlTypes::data)
                    .map(TensorBridge::tensor)
                    .toList();
            outputs.close();
            return results;
        }
    }

    /** Records the forward pass again on these inputs and collects the values of its steps. */
    @Override
    public Map<String, Tensor> intermediates(List<Tensor> given) {
        try (NDManager scratch = manager.newSubManager()) {
            return intermediates.of(listener -> Recorder.computing(scratch, paths, listener)
                    .record(block, arrays(given, scratch))
                    .primitives());
        }
    }

    private NDList arrays(List<Tensor> given, NDManager scratch) {
        NDList arrays = new NDList();
        for (int i = 0; i < given.size(); i++) {
            NDArray array = DjlTypes.array(scratch, TensorBridge.data(given.get(i)))
                    .toType(DjlTypes.of(inputs.get(i).type()), false);
            array.setName(inputs.get(i).name());
            arrays.add(array);
        }
        return arrays;
    }

    @Override
    public void close() {
        manager.close();
    }
}
