package dev.jzoo.export.scratch;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.EmbeddingLayer;
import dev.jzoo.scratch.layers.LastStepLayer;
import dev.jzoo.scratch.layers.SelfAttention;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;

/** The ONNX forms of layers for sequences, [batch, steps, features], except the recurrent ones. */
final class SequenceRules {

    private SequenceRules() {}

    static GraphValue embedding(LayerSite<EmbeddingLayer> site) {
        site.requireAxes("[batch, steps]");
        GraphBuilder graph = site.graph();
        String given = site.input().tensor();
        DataType type = site.input().type();
        String ids = type == DataType.INT64 || type == DataType.INT32
                ? given
                : graph.op("Cast", given).integer("to", DataType.INT64.code()).emit();
        List<Dimension> shape = new ArrayList<>(site.input().shape());
        shape.add(Dimension.of(site.value("table").size(1)));
        String result =
                graph.op("Gather", site.weight("table"), ids).integer("axis", 0).emit();
        return new GraphValue(result, site.type(), shape);
    }

    static GraphValue lastStep(LayerSite<LastStepLayer> site) {
        site.requireAxes("[batch, steps, features]");
        String last = site.graph().constant(TensorData.scalar(-1L));
        String result = site.graph()
                .op("Gather", site.input().tensor(), last)
                .integer("axis", 1)
                .emit();
        List<Dimension> shape = site.input().shape();
        return new GraphValue(result, site.input().type(), List.of(shape.get(0), shape.get(2)));
    }

    /** Adds A = softmax of the rows of (x W_q)(x W_k)ᵀ / sqrt(size) and y = A (x W_v). */
    static GraphValue attention(LayerSite<SelfAttention> site) {
        Array query = site.value("query");
        site.requireAxes("[batch, steps, features]");
        site.requireSize(2, "features", query.size(0));
        GraphBuilder graph = site.graph();
        String x = site.input().tensor();
        String q = graph.op("MatMul", x, site.weight("query")).emit();
        String k = graph.op("MatMul", x, site.weight("key")).emit();
        String v = graph.op("MatMul", x, site.weight("value")).emit();
        String columns = graph.op("Transpose", k).ints("perm", 0, 2, 1).emit();
        String products = graph.op("MatMul", q, columns).emit();
        String scores = graph.op("Mul", products, site.constant(1 / Math.sqrt(query.size(1))))
                .emit();
        if (site.layer().mask() == SelfAttention.AttentionMask.CAUSAL) {
            scores = graph.op("Where", visible(graph, x), scores, site.constant(Double.NEGATIVE_INFINITY))
                    .emit();
        }
        String attention = graph.op("Softmax", scores).integer("axis", -1).emit();
        String result = graph.op("MatMul", attention, v).emit();
        return site.input().as(result, 2, Dimension.of(site.value("value").size(1)));
    }

    /** Returns the tensor [steps, steps] that is true where the column is not after the row. */
    private static String visible(GraphBuilder graph, String sequences) {
        String shape = graph.op("Shape", sequences).emit();
        String steps = graph.op("Gather", shape, graph.constant(TensorData.scalar(1L)))
                .integer("axis", 0)
                .emit();
        String numbers = graph.op(
                        "Range", graph.constant(TensorData.scalar(0L)), steps, graph.constant(TensorData.scalar(1L)))
                .emit();
        String rows = graph.op("Unsqueeze", numbers, graph.constant(1L)).emit();
        return graph.op("LessOrEqual", numbers, rows).emit();
    }
}
