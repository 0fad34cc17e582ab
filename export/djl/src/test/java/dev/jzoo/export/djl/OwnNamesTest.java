package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Tests names that a network sets on its inputs, results and parameters, and parameters that share a name. */
class OwnNamesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final NDArray STATIC = MANAGER.ones(new Shape(4));
    private static final ValueInfo INPUT = floats("batch", 4);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static List<String> outputs(OnnxExporter.Exported exported) {
        return exported.file().graph().outputs().stream().map(ValueInfo::name).toList();
    }

    private static OnnxExporter.Exported exported(Block block, ValueInfo... inputs) throws Exception {
        return Cases.export(Cases.initialised(MANAGER, block, 0, inputs), inputs);
    }

    @Test
    void aResultIsFoundByTheNameThatTheForwardPassGaveIt() throws Exception {
        Block block = new SequentialBlock()
                .add(Linear.builder().setUnits(3).build())
                .add(list -> {
                    list.head().setName("mu");
                    return new NDList(new NDList(list.head()).get("mu").mul(2));
                });
        assertEquals(List.of("output"), outputs(exported(block, INPUT)));
    }

    @Test
    void aNamedResultNamesTheOutputOfTheFile() throws Exception {
        Block block = new SequentialBlock()
                .add(Linear.builder().setUnits(3).build())
                .add(list -> {
                    NDArray mean = list.head();
                    NDArray deviation = mean.exp();
                    mean.setName("mu");
                    deviation.setName("sigma");
                    return new NDList(mean, deviation, mean.neg());
                });
        assertEquals(List.of("mu", "sigma", "output_2"), outputs(exported(block, INPUT)));
    }

    @Test
    void namesThatAreDeclaredForOutputsCountMore() throws Exception {
        Block block = new LambdaBlock(list -> {
            NDArray result = list.head().neg();
            result.setName("mu");
            return new NDList(result);
        });
        OnnxExporter exporter = OnnxExporter.of(block).input("x", DataType.FLOAT, INPUT.shape());
        assertEquals(List.of("mu"), outputs(exporter.export()));
        assertEquals(List.of("mean"), outputs(exporter.outputs("mean").export()));
    }

    /** Two results share a name, one result has the name of an input, and one is an input. */
    @Test
    void namesOfAFileAreTheirOwn() throws Exception {
        Block block = new LambdaBlock(list -> {
            NDArray one = list.head().neg();
            NDArray other = list.head().abs();
            NDArray third = list.head().exp();
            one.setName("mu");
            other.setName("mu");
            third.setName("x");
            return new NDList(one, other, third, list.head());
        });
        assertEquals(List.of("mu", "mu_1", "x_1", "output_3"), outputs(exported(block, INPUT)));
    }

    @Test
    void inputsAreFoundByTheirDeclaredNames() throws Exception {
        Block block = new LambdaBlock(
                list -> new NDList(list.get("state").mul(2).sub(list.get("x")).add(list.get("state"))));
        exported(block, INPUT, input("state", DataType.FLOAT, "batch", 4));
    }

    @Test
    void namesStayThroughWhatKeepsAnArray() throws Exception {
        Block block = new LambdaBlock(list -> {
            NDArray x = list.head().neg();
            x.setName("kept");
            NDArray y = x.duplicate();
            y.addi(1);
            return new NDList(y);
        });
        assertEquals(List.of("kept"), outputs(exported(block, INPUT)));
    }

    /** Layers in fields that are not registered as children, so DJL names both weights "weight". */
    private static final class Unregistered extends AbstractBlock {
        private final List<Linear> layers = List.of(
                Linear.builder().setUnits(4).build(),
                Linear.builder().setUnits(4).build());
        private final Linear last = Linear.builder().setUnits(4).build();

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
            NDList values = inputs;
            for (Linear layer : layers) {
                values =
                        new NDList(layer.forward(store, values, training).head().tanh());
            }
            return last.forward(store, values, training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, ai.djl.ndarray.types.DataType type, Shape... shapes) {
            for (Linear layer : List.of(layers.get(0), layers.get(1), last)) {
                layer.setInitializer(new NormalInitializer(0.5f), Parameter.Type.WEIGHT);
                layer.initialize(manager, type, shapes[0]);
            }
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }

    @Test
    void layersThatAreNotRegisteredHaveNamesOfTheirOwnAndAWarning() throws Exception {
        Block block = Cases.initialised(MANAGER, new SequentialBlock().add(new Unregistered()), 0, INPUT);
        OnnxExporter.Exported exported = Cases.export(block, INPUT);
        Set<String> weights = exported.file().graph().initializers().keySet();
        assertTrue(
                weights.containsAll(Set.of(
                        "01Unregistered.layers.0.weight",
                        "01Unregistered.layers.0.bias",
                        "01Unregistered.layers.1.weight",
                        "01Unregistered.last.weight")),
                weights.toString());
        assertEquals(6, weights.size());
        List<String> warnings = exported.report().warnings();
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.get(0).startsWith("DJL does not save or train ")
                        && warnings.get(0).contains("01Unregistered.last.weight")
                        && warnings.get(0).contains("addChildBlock"),
                warnings.get(0));
        float[] x = {1, 2, 3, 4};
        float[] expected = block.forward(
                        new ParameterStore(MANAGER, false), new NDList(MANAGER.create(x, new Shape(1, 4))), false)
                .head()
                .toFloatArray();
        try (OnnxModel model = OnnxModel.open(exported.file().toBytes(), "unregistered", Device.cpu())) {
            assertArrayEquals(
                    expected,
                    model.run(Map.of("x", Tensor.of(x, 1, 4))).get("output").floats(),
                    1e-5f);
        }
    }

    /** Two recurrent layers in fields, whose weights in the file are made from several parameters. */
    private static final class Recurrent extends AbstractBlock {
        private final LSTM first =
                LSTM.builder().setStateSize(4).setNumLayers(1).build();
        private final LSTM second =
                LSTM.builder().setStateSize(4).setNumLayers(1).build();

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
            return second.forward(store, first.forward(store, inputs, training), training);
        }

        @Override
        protected void initializeChildBlocks(NDManager manager, ai.djl.ndarray.types.DataType type, Shape... shapes) {
            first.initialize(manager, type, shapes);
            second.initialize(manager, type, shapes);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return inputs;
        }
    }

    @Test
    void recurrentLayersThatAreNotRegisteredHaveWeightsOfTheirOwn() throws Exception {
        Set<String> weights = exported(new Recurrent(), floats("batch", "time", 4))
                .file()
                .graph()
                .initializers()
                .keySet();
        assertEquals(
                6,
                weights.stream().filter(name -> name.matches(".*\\.[WRB](_1)?")).count(),
                weights.toString());
    }

    /** A parameter has the name of an output or an input of the file. */
    @Test
    void aParameterNamedAsAnInputOrOutputGivesWay() throws Exception {
        Block block = new OwnBlock() {
            private final Parameter input = parameter("x", 4);
            private final Parameter output = parameter("output", 4);

            @Override
            NDList compute(Pass pass, NDList inputs) {
                NDArray x = inputs.head();
                return new NDList(x.mul(pass.value(input, x)).add(pass.value(output, x)));
            }
        };
        OnnxExporter.Exported exported = exported(block, INPUT);
        assertEquals(List.of("output"), outputs(exported));
        assertEquals(
                Set.of("x_1", "output_1"),
                exported.file().graph().initializers().keySet());
    }

    @Test
    void aParameterThatIsReadByItsArrayIsAWeight() throws Exception {
        Block block = new OwnBlock() {
            private final Parameter scale = parameter("scale", 4);

            @Override
            NDList compute(Pass pass, NDList inputs) {
                return new NDList(scale.getArray().mul(inputs.head()));
            }
        };
        assertEquals(
                Set.of("scale"),
                exported(block, INPUT).file().graph().initializers().keySet());
    }

    @Test
    void anArrayThatNothingLeadsToIsRefusedWithTheReason() {
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class,
                () -> exported(new LambdaBlock(list -> new NDList(STATIC.mul(list.head()))), INPUT));
        assertTrue(
                e.getMessage().contains("'mul' is called on an array that the recording cannot see"), e.getMessage());
        assertTrue(e.hint().contains("Keep the array in a field of the block"), e.hint());
    }

    /** A block that keeps an array of each pass. */
    private static final class Keeping extends OwnBlock {
        private final Parameter shift = parameter("shift", 4);
        private final NDArray scale = MANAGER.ones(new Shape(4));
        private final List<NDArray> frozen = List.of(scale);
        private NDArray kept;

        @Override
        NDList compute(Pass pass, NDList inputs) {
            kept = inputs.head().mul(2);
            return new NDList(scale.mul(kept).mul(frozen.get(0)).add(pass.value(shift, kept)));
        }
    }

    @Test
    void whatTheNetworkHoldsIsAsItWasBeforeTheExport() {
        Keeping block = Cases.initialised(MANAGER, new Keeping(), 0, INPUT);
        NDArray scale = block.scale;
        List<NDArray> frozen = block.frozen;
        NDArray shift = block.shift.getArray();
        try (SourceNetwork source = new DjlFrontEnd().open(block, List.of(INPUT))) {
            GraphBuilder graph = new GraphBuilder(17);
            source.emit(graph, List.of(graph.input(INPUT)));
        }
        assertSame(scale, block.scale);
        assertSame(frozen, block.frozen);
        assertSame(shift, block.shift.getArray());
        assertNull(block.kept);
    }
}
