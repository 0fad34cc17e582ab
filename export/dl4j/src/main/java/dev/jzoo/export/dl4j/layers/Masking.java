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
 * The number of valid steps of each sequence, and the values of a network that still have invalid steps. DL4J's layers
 * treat masks differently. Layers that are not listed here are refused if they read a masked value.
 */
public final class Masking {

    /** The effect of a part on a masked input. */
    enum Effect {
        /** The result is masked too; the part's emitter decides whether to use the mask. */
        PASSES,
        /** The result is masked too, and set to 0 where it is masked. */
        ZEROES,
        /** The result has no steps. */
        ENDS,
        UNKNOWN
    }

    /** The masking of a graph without lengths. */
    public static final Masking NONE = new Masking("", "", "", 0);

    private final String lengths;
    private final String sequence;
    private final int timeAxis;
    private final Set<String> masked = new HashSet<>();
    private final Map<String, String> written = new HashMap<>();

    /**
     * @param lengths the graph's input with the lengths, int32 [batch]; empty for none
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

    /** Returns the number of valid steps, int32 [batch]. */
    String lengths() {
        return lengths;
    }

    /** Returns whether a part reads a value with invalid steps. */
    boolean reaches(NetworkPart part) {
        return part.inputs().stream().anyMatch(masked::contains);
    }

    /** Records that the part's result is masked. */
    void pass(NetworkPart part) {
        masked.add(part.output());
    }

    /** Returns the index of the last valid step, int64 [batch, 1]. */
    String last(GraphBuilder graph) {
        return once("last", () -> graph.op("Sub", counts(graph), graph.constant(TensorData.scalar(1L)))
                .emit());
    }

    /** Returns the number of valid steps, float [batch, 1]. */
    String divisor(GraphBuilder graph) {
        return once("divisor", () -> cast(graph, counts(graph), DataType.FLOAT));
    }

    /** Returns whether each step is valid, bool [batch, time]. */
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

    /** Returns 1 for a valid step and 0 for an invalid one, float [batch, time]. */
    String factors(GraphBuilder graph) {
        return once("factors", () -> cast(graph, flags(graph), DataType.FLOAT));
    }

    /** Returns the number of valid steps, int64 [batch, 1]. */
    private String counts(GraphBuilder graph) {
        return once("counts", () -> graph.op(
                        "Unsqueeze", cast(graph, lengths, DataType.INT64), graph.constant(TensorData.vector(1)))
                .emit());
    }

    private static String cast(GraphBuilder graph, String value, DataType type) {
        return graph.op("Cast", value).integer("to", type.code()).emit();
    }

    /** Emits a tensor only once, for the first part that needs it. */
    private String once(String name, Supplier<String> nodes) {
        String known = written.get(name);
        if (known == null) {
            known = nodes.get();
            written.put(name, known);
        }
        return known;
    }

    /**
     * Returns the effect of a part. It is UNKNOWN for a DropoutLayer, on which DL4J itself fails if a sequence has a
     * mask.
     */
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
