package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Recurrent layers as recurrent nodes. The input is [T, N, in], the outputs are Y [T, directions, N, H] and Y_h
 * [directions, N, H].
 */
final class RecurrentLayers {

    private static final int ALL_STEPS = 0;
    private static final int LAST_STEP = 1;

    private RecurrentLayers() {}

    @SuppressWarnings("deprecation") // saved networks have it
    static void addTo(EmitterTable table) {
        // In DL4J these layers ignore a mask: invalid steps always follow the valid ones.
        table.put(LSTM.class, (configuration, layer) -> single(configuration, layer, ""));
        table.put(GravesLSTM.class, (configuration, layer) -> single(configuration, layer, ""));
        table.put(
                SimpleRnn.class,
                (configuration, layer) ->
                        single(configuration, layer, layer.masking().lengths()));
        table.put(GravesBidirectionalLSTM.class, RecurrentLayers::gravesBidirectional);
        // Masks do not reach LSTMs inside it, not even the backward one, unless LastTimeStep is between.
        table.put(
                Bidirectional.class,
                (configuration, layer) -> bidirectional(
                        configuration,
                        layer,
                        configuration.getFwd() instanceof LastTimeStep || configuration.getFwd() instanceof SimpleRnn
                                ? layer.masking().lengths()
                                : ""));
        table.put(MaskZeroLayer.class, RecurrentLayers::maskedByValue);
    }

    /** Emits a layer that a mask does reach, so that its result is 0 after the last valid step. */
    static String masked(Layer configuration, LayerContext layer) {
        String lengths = layer.masking().lengths();
        return configuration instanceof Bidirectional both
                ? bidirectional(both, layer, lengths)
                : single(configuration, layer, lengths);
    }

    private static String single(Layer configuration, LayerContext layer, String lengths) {
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(configuration) != RNNFormat.NWC;
        CellEmission cell = CellEmission.of(layer, configuration, layer.parameters(""));
        List<String> results = node(layer, timeFirst(layer, featuresFirst), List.of(cell), lengths);
        layer.leave(results.subList(LAST_STEP, results.size()));
        return squeezed(layer, results, featuresFirst);
    }

    private static String squeezed(LayerContext layer, List<String> results, boolean featuresFirst) {
        String sequence =
                layer.op("Squeeze", results.get(ALL_STEPS), layer.integers(1)).emit();
        return batchFirst(layer, sequence, featuresFirst);
    }

    /**
     * Emits a layer whose state and result are 0 at steps where all features have the masking value. One more feature,
     * 1 at such a step and 0 at others, closes all three gates through large negative weights, so the state becomes 0.
     */
    private static String maskedByValue(MaskZeroLayer configuration, LayerContext layer) {
        Layer inner = configuration.getUnderlying();
        CellEmission cell = CellEmission.of(layer, inner, layer.parameters("")).withGateClosing(layer);
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(inner) != RNNFormat.NWC;
        String input = timeFirst(layer, featuresFirst);
        String mask = maskOf(configuration, layer, input);
        String extended = layer.op("Concat", input, mask).integer("axis", 2).emit();
        return squeezed(layer, node(layer, extended, List.of(cell), ""), featuresFirst);
    }

    /** Returns the index of the last step that is not masked, int64 [N, 1]. */
    static String lastUnmasked(MaskZeroLayer configuration, LayerContext layer) {
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(configuration.getUnderlying()) != RNNFormat.NWC;
        String mask = maskOf(configuration, layer, timeFirst(layer, featuresFirst));
        return layer.op("ArgMin", mask)
                .integer("axis", 0)
                .integer("keepdims", 0)
                .integer("select_last_index", 1)
                .emit();
    }

    /** Returns 1 where all features have the masking value, 0 elsewhere, [T, N, 1]. */
    private static String maskOf(MaskZeroLayer configuration, LayerContext layer, String input) {
        String isMask = layer.op("Equal", input, layer.graph().constant((float) configuration.getMaskingValue()))
                .emit();
        String numbers =
                layer.op("Cast", isMask).integer("to", DataType.FLOAT.code()).emit();
        return layer.op("ReduceMin", numbers).ints("axes", 2).emit();
    }

    /** Emits the sum of both directions. */
    @SuppressWarnings("deprecation") // saved networks have it
    private static String gravesBidirectional(GravesBidirectionalLSTM configuration, LayerContext layer) {
        boolean featuresFirst = configuration.getRnnDataFormat() != RNNFormat.NWC;
        List<CellEmission> cells = new ArrayList<>();
        for (String direction : List.of("F", "B")) {
            cells.add(CellEmission.lstm(
                    layer,
                    configuration,
                    configuration.getGateActivationFn(),
                    layer.parameters(""),
                    "W" + direction,
                    "RW" + direction,
                    "b" + direction));
        }
        String both = node(
                        layer,
                        timeFirst(layer, featuresFirst),
                        cells,
                        layer.masking().lengths())
                .get(ALL_STEPS);
        return batchFirst(layer, merge(layer, Bidirectional.Mode.ADD, both, 1), featuresFirst);
    }

    /**
     * Emits both directions. A wrapped LastTimeStep takes the last step that each direction computes: t = 0 for the
     * backward one.
     */
    private static String bidirectional(Bidirectional configuration, LayerContext layer, String lengths) {
        boolean lastOnly = configuration.getFwd() instanceof LastTimeStep;
        boolean featuresFirst = TimeSeriesUtils.getFormatFromRnnLayer(inner(configuration.getFwd())) != RNNFormat.NWC;
        List<CellEmission> cells = List.of(
                CellEmission.of(layer, inner(configuration.getFwd()), layer.parameters("f")),
                CellEmission.of(layer, inner(configuration.getBwd()), layer.parameters("b")));
        List<String> results = node(layer, timeFirst(layer, featuresFirst), cells, lengths);
        boolean concat = configuration.getMode() == Bidirectional.Mode.CONCAT;
        long features = 2 * cells.get(0).units();
        if (lastOnly) {
            String both = results.get(LAST_STEP);
            return concat
                    ? layer.reshape(layer.transpose(both, 1, 0, 2), 0, features)
                    : merge(layer, configuration.getMode(), both, 0);
        }
        String both = results.get(ALL_STEPS);
        if (!concat) {
            return batchFirst(layer, merge(layer, configuration.getMode(), both, 1), featuresFirst);
        }
        return featuresFirst
                ? layer.reshape(layer.transpose(both, 2, 1, 3, 0), 0, features, -1)
                : layer.reshape(layer.transpose(both, 2, 0, 1, 3), 0, 0, features);
    }

    private static Layer inner(Layer configuration) {
        return configuration instanceof LastTimeStep last ? last.getUnderlying() : configuration;
    }

    private static String merge(LayerContext layer, Bidirectional.Mode mode, String both, long directionAxis) {
        return switch (mode) {
            case ADD ->
                layer.op("ReduceSum", both, layer.integers(directionAxis))
                        .integer("keepdims", 0)
                        .emit();
            case MUL -> reduce(layer, "ReduceProd", both, directionAxis);
            case AVERAGE -> reduce(layer, "ReduceMean", both, directionAxis);
            case CONCAT -> throw new IllegalArgumentException("Concatenation keeps the axis of the directions.");
        };
    }

    private static String reduce(LayerContext layer, String operator, String both, long axis) {
        return layer.op(operator, both)
                .ints("axes", axis)
                .integer("keepdims", 0)
                .emit();
    }

    /**
     * Adds the node for one or two directions.
     *
     * @param lengths lengths of the sequences, int32 [N]: later results are 0, and the backward direction starts at
     * them; empty for none
     * @return Y and Y_h; for an LSTM with states Y_c too
     */
    private static List<String> node(LayerContext layer, String input, List<CellEmission> cells, String lengths) {
        CellEmission first = cells.get(0);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < first.weights().size(); i++) {
            int which = i;
            INDArray[] directions =
                    cells.stream().map(cell -> cell.weights().get(which)).toArray(INDArray[]::new);
            names.add(layer.weight(CellEmission.NAMES.get(i), Nd4j.concat(0, directions)));
        }
        List<String> states = layer.states();
        String hidden = states.isEmpty() ? "" : states.get(0);
        String memory = states.size() < 2 ? "" : states.get(1);
        String peepholes = names.size() > 3 ? names.get(3) : "";
        NodeBuilder node = layer.op(
                        first.operator(),
                        input,
                        names.get(0),
                        names.get(1),
                        names.get(2),
                        lengths,
                        hidden,
                        memory,
                        peepholes)
                .integer("hidden_size", first.units())
                .text("direction", cells.size() == 2 ? "bidirectional" : "forward");
        List<RecurrentActivation> functions =
                cells.stream().flatMap(cell -> cell.functions().stream()).toList();
        return RecurrentActivation.set(node, first.operator(), functions).emit(Math.max(2, 1 + states.size()));
    }

    /** Returns the input as [T, N, in]. */
    private static String timeFirst(LayerContext layer, boolean featuresFirst) {
        return layer.transpose(layer.input(), featuresFirst ? new long[] {2, 0, 1} : new long[] {1, 0, 2});
    }

    /** Converts [T, N, H] to [N, H, T] or [N, T, H]. */
    private static String batchFirst(LayerContext layer, String sequence, boolean featuresFirst) {
        return layer.transpose(sequence, featuresFirst ? new long[] {1, 2, 0} : new long[] {1, 0, 2});
    }
}
