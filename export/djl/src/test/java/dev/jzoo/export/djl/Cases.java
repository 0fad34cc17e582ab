package dev.jzoo.export.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.Tolerance;
import dev.jzoo.export.djl.primitives.DjlTypes;
import dev.jzoo.export.testing.BetweenLayers;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;

/**
 * Collects the cases of a contract suite. Each case is a block with random parameters. It is exported, checked against
 * the rules of ONNX, and run in both frameworks at two batch sizes and two sizes of each other symbolic axis. The
 * export itself runs it with and without optimisations.
 */
final class Cases {

    private static final int SEEDS = 3;

    private final NDManager manager;
    private final List<DynamicTest> tests = new ArrayList<>();

    Cases(NDManager manager) {
        this.manager = manager;
    }

    List<DynamicTest> tests() {
        return tests;
    }

    /** Adds a block with inputs of these shapes and types. */
    Cases block(String name, Supplier<? extends Block> block, ValueInfo... inputs) {
        return block(name, Tolerance.strict(), block, inputs);
    }

    /** Adds a block whose values may grow from step to step, so that values near 0 are differences of large sums. */
    Cases growing(String name, Supplier<? extends Block> block, ValueInfo... inputs) {
        return block(name, Tolerance.deep(), block, inputs);
    }

    private Cases block(String name, Tolerance tolerance, Supplier<? extends Block> block, ValueInfo... inputs) {
        for (int seed = 0; seed < SEEDS; seed++) {
            int random = seed;
            tests.add(dynamicTest(
                    name + ", seed " + seed,
                    () -> note(
                            "DJL blocks",
                            name,
                            export(tolerance, initialised(manager, block.get(), random, inputs), inputs))));
        }
        return this;
    }

    /**
     * Adds a whole network with one seed. Its variances are above 1, so that activations stay near 1 from layer to
     * layer. If they grew to 1e5, rounding alone would exceed the tolerance for outputs that are near 0 by chance.
     */
    Cases network(String name, Supplier<? extends Block> network, ValueInfo... inputs) {
        tests.add(dynamicTest(name, () -> {
            Block block = initialised(manager, network.get(), 0, inputs);
            for (Pair<String, Parameter> pair : block.getParameters()) {
                if (pair.getValue().getType() == Parameter.Type.RUNNING_VAR) {
                    NDArray variance = pair.getValue().getArray();
                    set(variance, manager.randomUniform(2.5f, 3.5f, variance.getShape()));
                }
            }
            note("DJL networks", name, export(block, inputs));
        }));
        return this;
    }

    /** Adds a primitive of one tensor. */
    Cases primitive(String name, Function<NDArray, NDArray> primitive, ValueInfo input) {
        return lambda(name, list -> new NDList(primitive.apply(list.head())), input);
    }

    /** Adds a function of several tensors without parameters, for which one seed is enough. */
    Cases lambda(String name, Function<NDList, NDList> function, ValueInfo... inputs) {
        tests.add(dynamicTest(name, () -> note("DJL primitives", name, export(new LambdaBlock(function), inputs))));
        return this;
    }

    static ValueInfo floats(Object... axes) {
        return input("x", dev.jzoo.onnx.DataType.FLOAT, axes);
    }

    /** Returns an input with a fixed size or a name for each axis. */
    static ValueInfo input(String name, dev.jzoo.onnx.DataType type, Object... axes) {
        return new ValueInfo(
                name,
                type,
                Arrays.stream(axes)
                        .map(axis -> axis instanceof String symbol
                                ? Dimension.of(symbol)
                                : Dimension.of(((Number) axis).longValue()))
                        .toList());
    }

    /**
     * Initialises the block with random parameters, including biases and the statistics of batch normalisation, as
     * after some training.
     */
    static <B extends Block> B initialised(NDManager manager, B block, long seed, ValueInfo... inputs) {
        manager.getEngine().setRandomSeed((int) seed + 1);
        Shape[] shapes = Arrays.stream(inputs)
                .map(input -> new Shape(input.shape().stream()
                        .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : 7)
                        .toArray()))
                .toArray(Shape[]::new);
        block.initialize(manager, precision(inputs), shapes);
        for (Pair<String, Parameter> pair : block.getParameters()) {
            randomise(manager, pair.getValue());
        }
        return block;
    }

    /** Returns the precision of the first input of real numbers. */
    private static DataType precision(ValueInfo... inputs) {
        return Arrays.stream(inputs)
                .map(ValueInfo::type)
                .filter(dev.jzoo.onnx.DataType::isFloating)
                .findFirst()
                .map(DjlTypes::of)
                .orElse(DataType.FLOAT32);
    }

    private static void randomise(NDManager manager, Parameter parameter) {
        NDArray array = parameter.getArray();
        if (array == null || !array.getDataType().isFloating()) {
            return;
        }
        Shape shape = array.getShape();
        switch (parameter.getType()) {
            case RUNNING_VAR, GAMMA -> set(array, manager.randomUniform(0.5f, 1.5f, shape));
            case RUNNING_MEAN, BETA, BIAS -> set(array, manager.randomUniform(-0.5f, 0.5f, shape));
            default -> {}
        }
    }

    private static void set(NDArray array, NDArray values) {
        try (values;
                NDArray typed = values.toType(array.getDataType(), true)) {
            array.set(typed.toByteBuffer());
        }
    }

    /** Exports the block, which compares it, and checks the graph. */
    static OnnxExporter.Exported export(Block block, ValueInfo... inputs) throws Exception {
        return export(Tolerance.strict(), block, inputs);
    }

    private static OnnxExporter.Exported export(Tolerance tolerance, Block block, ValueInfo... inputs)
            throws Exception {
        try (SourceNetwork source = new DjlFrontEnd().open(block, List.of(inputs))) {
            BetweenLayers.assertAgree(source);
        }
        OnnxExporter exporter = OnnxExporter.of(block)
                .opset(Integer.getInteger("contract.opset", 17))
                .tolerance(tolerance);
        for (ValueInfo input : inputs) {
            exporter.input(input.name(), input.type(), input.shape());
        }
        OnnxExporter.Exported exported = exporter.export();
        assertEquals(List.of(), GraphChecker.faults(exported.file()));
        ContractFiles.SMALL.keep("djl", exported.file());
        return exported;
    }

    private static void note(String suite, String name, OnnxExporter.Exported exported) {
        Coverage.note(suite, name, exported.file());
    }

    static List<String> operators(OnnxExporter.Exported exported) {
        return exported.file().graph().nodes().stream().map(Node::opType).toList();
    }
}
