package dev.jzoo.export.dl4j.layers;

import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled dot product attention over sequences [N, C, T], with heads if the layer projects: Wq, Wk, Wv [heads, size,
 * in], Wo [heads * size, out].
 */
final class AttentionEmitters {

    private AttentionEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(SelfAttentionLayer.class, (configuration, layer) -> {
            String steps = layer.transpose(layer.input(), 0, 2, 1);
            long size = configuration.isProjectInput() ? configuration.getHeadSize() : layer.size(1);
            return attend(layer, configuration.isProjectInput(), size, steps, steps, steps);
        });
        table.put(AttentionVertex.class, (configuration, layer) -> {
            String[] steps = layer.inputs().stream()
                    .map(input -> layer.transpose(input, 0, 2, 1))
                    .toArray(String[]::new);
            long size = configuration.isProjectInput()
                    ? configuration.getHeadSize()
                    : layer.size(layer.inputShapes().get(1), 1);
            return attend(layer, configuration.isProjectInput(), size, steps[0], steps[1], steps[2]);
        });
    }

    /** Emits attention of queries, keys and values [N, T, C]; the result is [N, C, T]. */
    private static String attend(
            LayerContext layer, boolean projects, long size, String queries, String keys, String values) {
        if (!projects) {
            String weights = weights(layer, size, queries, layer.transpose(keys, 0, 2, 1));
            return layer.transpose(layer.op("MatMul", weights, values).emit(), 0, 2, 1);
        }
        String weights = weights(
                layer,
                size,
                layer.transpose(heads(layer, "Wq", queries), 0, 2, 1, 3),
                layer.transpose(heads(layer, "Wk", keys), 0, 2, 3, 1));
        String valueHeads = layer.transpose(heads(layer, "Wv", values), 0, 2, 1, 3);
        String attended =
                layer.transpose(layer.op("MatMul", weights, valueHeads).emit(), 0, 2, 1, 3);
        INDArray output = layer.array("Wo");
        String joined = layer.reshape(attended, 0, 0, output.size(0));
        return layer.transpose(
                layer.op("MatMul", joined, layer.weight("Wo", output)).emit(), 0, 2, 1);
    }

    /** Emits softmax(Q K / sqrt(size)) over the keys. */
    private static String weights(LayerContext layer, long size, String queries, String keys) {
        String scores = layer.op("MatMul", queries, keys).emit();
        String scaled = layer.op("Div", scores, layer.graph().constant((float) Math.sqrt(size)))
                .emit();
        return layer.op("Softmax", scaled).integer("axis", -1).emit();
    }

    /** Projects [N, T, in] to [N, T, heads, size]. */
    private static String heads(LayerContext layer, String key, String steps) {
        INDArray weight = layer.array(key);
        long heads = weight.size(0);
        long size = weight.size(1);
        INDArray columns = weight.reshape('c', heads * size, weight.size(2)).permute(1, 0);
        String product = layer.op("MatMul", steps, layer.weight(key, columns)).emit();
        return layer.reshape(product, 0, 0, heads, size);
    }
}
