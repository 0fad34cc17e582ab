package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.NetworkPart;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/**
 * How many steps of each sequence count, and which values of a network still have steps that do not. DL4J's layers differ in
 * what they make of a mask; those that are not named here are refused behind a masked value.
 */
public final class Masking {

    /** What a part makes of a masked input. */
    enum Effect {
        /** Its result is masked too; whether it minds the mask itself is its emitter's matter. */
        PASSES,
        /** Its result is masked too, and set to 0 where it is. */
        ZEROES,
        /** Its result has no steps. */
        ENDS,
        UNKNOWN
    }

    /** As a graph without lengths. */
    public static final Masking NONE = new Masking("", "", "", 0);

    private final String lengths;
    private final String sequence;
    private final int timeAxis;
    private final Set<String> masked = new HashSet<>();
    private final Map<String, String> written = new HashMap<>();

    /**
     * @param lengths the graph's input that holds them, int32 [batch]; empty for none
     * @param value the network's input that they belong to
     * @param sequence the graph's tensor of that input
     * @param timeAxis its axis of steps
     */
    public Masking(String lengths, String value, String sequence, int timeAxis) {
        this.lengths = lengths;
        this.sequence = sequence;
        this.timeAxis = timeAxis;
        if (!lengths.isEmpty()) {
            masked.add(value);
        }
    }

    /** Number of steps that count, int32 [batch]. */
    String lengths() {
        return lengths;
    }

    /** Whether a part reads a value with steps that do not count. */
    boolean reaches(NetworkPart part) {
        return part.inputs().stream().anyMatch(masked::contains);
    }

    /** Notes that the part's result is masked. */
    void pass(NetworkPart part) {
        masked.add(part.output());
    }

    /** Index of the last step that counts, int64 [batch, 1]. */
    String last(GraphBuilder graph) {
        return once("last", () -> graph.op("Sub", counts(graph), graph.constant(TensorData.scalar(1L)))
                .emit());
    }

    /** Number of steps that count, float [batch, 1]. */
    String divisor(GraphBuilder graph) {
        return once("divisor", () -> cast(graph, counts(graph), DataType.FLOAT));
    }

    /** Whether a step counts, bool [batch, time]. */
    String flags(GraphBuilder graph) {
        return once("flags", () -> {
            String shape = graph.op("Shape", sequence).emit();
            String steps = graph.op("Gather", shape, graph.constant(TensorData.scalar((long) timeAxis)))
                    .emit();
            String indices = graph.op(
                            "Range",
                            graph.constant(TensorData.scalar(0L)),
                            steps,
                            graph.constant(TensorData.scalar(1L)))
                    .emit();
            return graph.op("Less", indices, counts(graph)).emit();
        });
    }

    /** 1 for a step that counts and 0 for another, float [batch, time]. */
    String factors(GraphBuilder graph) {
        return once("factors", () -> cast(graph, flags(graph), DataType.FLOAT));
    }

    /** Number of steps that count, int64 [batch, 1]. */
    private String counts(GraphBuilder graph) {
        return once("counts", () -> graph.op(
                        "Unsqueeze", cast(graph, lengths, DataType.INT64), graph.constant(TensorData.vector(1)))
                .emit());
    }

    private static String cast(GraphBuilder graph, String value, DataType type) {
        return graph.op("Cast", value).integer("to", type.code()).emit();
    }

    /** Each of these tensors is written once, by the first part that wants it. */
    private String once(String name, Supplier<String> nodes) {
        String known = written.get(name);
        if (known == null) {
            known = nodes.get();
            written.put(name, known);
        }
        return known;
    }

    /** Of a DropoutLayer it is UNKNOWN: DL4J itself fails on it where a sequence has a mask. */
    @SuppressWarnings("deprecation") // saved networks have it
    static Effect effect(Object configuration) {
        if (configuration instanceof LastTimeStep
                || configuration instanceof LastTimeStepVertex
                || configuration instanceof GlobalPoolingLayer) {
            return Effect.ENDS;
        } else if (configuration instanceof Bidirectional both) {
            return both.getFwd() instanceof LastTimeStep ? Effect.ENDS : Effect.PASSES;
        } else if (configuration instanceof EmbeddingSequenceLayer || configuration.getClass() == DenseLayer.class) {
            return Effect.ZEROES;
        } else if (configuration instanceof LSTM
                || configuration instanceof GravesLSTM
                || configuration instanceof SimpleRnn
                || configuration instanceof GravesBidirectionalLSTM
                || configuration instanceof RnnOutputLayer
                || configuration instanceof RnnLossLayer
                || configuration instanceof ActivationLayer
                || configuration instanceof RnnToFeedForwardPreProcessor
                || configuration instanceof FeedForwardToRnnPreProcessor) {
            return Effect.PASSES;
        }
        return Effect.UNKNOWN;
    }
}
