package dev.jzoo.export.dl4j.layers;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;

/** The vertices of a graph that are not layers. */
final class VertexEmitters {

    private VertexEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(ElementWiseVertex.class, VertexEmitters::elementwise);
        table.put(MergeVertex.class, (vertex, layer) -> concat(layer, vertex.getMergeAxis()));
        table.put(StackVertex.class, (vertex, layer) -> concat(layer, 0));
        table.put(UnstackVertex.class, (vertex, layer) -> layer.op("Split", layer.input())
                .integer("axis", 0)
                .emit(vertex.getStackSize())
                .get(vertex.getFrom()));
        // The upper end belongs to the subset.
        table.put(
                SubsetVertex.class,
                (vertex, layer) ->
                        slice(layer, new long[] {vertex.getFrom()}, new long[] {vertex.getTo() + 1L}, new long[] {1}));
        table.put(
                PoolHelperVertex.class,
                (vertex, layer) -> slice(
                        layer, new long[] {1, 1}, new long[] {Integer.MAX_VALUE, Integer.MAX_VALUE}, new long[] {2, 3
                        }));
        table.put(ScaleVertex.class, (vertex, layer) -> layer.op(
                        "Mul", layer.input(), layer.graph().constant((float) vertex.getScaleFactor()))
                .emit());
        table.put(ShiftVertex.class, (vertex, layer) -> layer.op(
                        "Add", layer.input(), layer.graph().constant((float) vertex.getShiftFactor()))
                .emit());
        table.put(L2NormalizeVertex.class, VertexEmitters::normalize);
        table.put(L2Vertex.class, (vertex, layer) -> distance(layer));
        table.put(ReshapeVertex.class, VertexEmitters::reshape);
        table.put(
                PreprocessorVertex.class,
                (vertex, layer) -> layer.emitInner(vertex.getPreProcessor(), layer.outputShape()));
        table.put(FrozenVertex.class, (vertex, layer) -> layer.emitInner(vertex.getUnderlying(), layer.outputShape()));
        table.put(
                LastTimeStepVertex.class,
                (vertex, layer) -> layer.masking() == Masking.NONE
                        ? RecurrentEmitters.step(layer, layer.input(), 2, -1)
                        : RecurrentEmitters.steps(
                                layer, layer.input(), true, layer.masking().last(layer.graph())));
        table.put(DuplicateToTimeSeriesVertex.class, VertexEmitters::duplicate);
        table.put(ReverseTimeSeriesVertex.class, (vertex, layer) -> layer.op(
                        "Slice",
                        layer.input(),
                        layer.integers(-1),
                        layer.integers(Integer.MIN_VALUE),
                        layer.integers(2),
                        layer.integers(-1))
                .emit());
    }

    private static String elementwise(ElementWiseVertex vertex, LayerContext layer) {
        List<String> inputs = layer.inputs();
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        return switch (vertex.getOp()) {
            case Add ->
                layer.graph().op(inputs.size() == 2 ? "Add" : "Sum", inputs).emit();
            case Average -> layer.graph().op("Mean", inputs).emit();
            case Max -> layer.graph().op("Max", inputs).emit();
            case Subtract -> layer.graph().op("Sub", inputs).emit();
            case Product ->
                inputs.stream()
                        .reduce((product, next) ->
                                layer.op("Mul", product, next).emit())
                        .orElseThrow();
        };
    }

    private static String concat(LayerContext layer, long axis) {
        return layer.inputs().size() == 1
                ? layer.input()
                : layer.graph()
                        .op("Concat", layer.inputs())
                        .integer("axis", axis)
                        .emit();
    }

    private static String slice(LayerContext layer, long[] starts, long[] ends, long[] axes) {
        return layer.op("Slice", layer.input(), layer.integers(starts), layer.integers(ends), layer.integers(axes))
                .emit();
    }

    /** Emits x / max(|x|, eps). The default is the norm over all axes except the batch. */
    private static String normalize(L2NormalizeVertex vertex, LayerContext layer) {
        int[] named = vertex.getDimension();
        long[] axes = named == null || named.length == 0
                ? LongStream.range(1, layer.rank()).toArray()
                : IntStream.of(named).asLongStream().toArray();
        String norm = layer.op("ReduceL2", layer.input()).ints("axes", axes).emit();
        String least = layer.op("Max", norm, layer.graph().constant((float) vertex.getEps()))
                .emit();
        return layer.op("Div", layer.input(), least).emit();
    }

    /** Emits the Euclidean distance of each pair of examples, [N, 1]. */
    private static String distance(LayerContext layer) {
        String difference = layer.graph().op("Sub", layer.inputs()).emit();
        String norm = layer.op("ReduceL2", difference)
                .ints("axes", LongStream.range(1, layer.rank()).toArray())
                .integer("keepdims", 0)
                .emit();
        return layer.op("Unsqueeze", norm, layer.integers(1)).emit();
    }

    /**
     * Emits a reshape. In 'f' order the first axis changes fastest: the same as a row-major reshape with all axes
     * reversed.
     */
    private static String reshape(ReshapeVertex vertex, LayerContext layer) {
        long[] shape = IntStream.of(vertex.getNewShape()).asLongStream().toArray();
        if (vertex.getReshapeOrder() == 'c') {
            return layer.reshape(layer.input(), shape);
        }
        String turned = layer.transpose(
                layer.input(), reversed(LongStream.range(0, layer.rank()).toArray()));
        String reshaped = layer.reshape(turned, reversed(shape));
        return layer.transpose(
                reshaped, reversed(LongStream.range(0, shape.length).toArray()));
    }

    private static long[] reversed(long[] values) {
        return IntStream.range(0, values.length)
                .mapToLong(i -> values[values.length - 1 - i])
                .toArray();
    }

    /** Converts [N, C] to [N, C, T] with the length of a network input. */
    private static String duplicate(DuplicateToTimeSeriesVertex vertex, LayerContext layer) {
        String shape =
                layer.op("Shape", layer.networkInput(vertex.getInputName())).emit();
        String length = layer.op("Gather", shape, layer.integers(2)).emit();
        String target = layer.op("Concat", layer.integers(1, 1), length)
                .integer("axis", 0)
                .emit();
        String sequence =
                layer.op("Unsqueeze", layer.input(), layer.integers(2)).emit();
        return layer.op("Expand", sequence, target).emit();
    }
}
