package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.DataType;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;

/** Rows of a table by number. DL4J has the numbers as floating point. */
final class EmbeddingEmitters {

    private EmbeddingEmitters() {}

    static void addTo(EmitterTable table) {
        table.putRowwise(EmbeddingLayer.class, EmbeddingEmitters::single);
        table.put(EmbeddingSequenceLayer.class, EmbeddingEmitters::sequence);
    }

    /** Emits [N, 1] to [N, out]. */
    private static String single(EmbeddingLayer configuration, LayerContext layer) {
        String numbers = layer.op("Squeeze", layer.input(), layer.integers(-1L)).emit();
        return layer.activate(configuration.getActivationFn(), lookUp(layer, numbers));
    }

    /** Emits [N, T] or [N, 1, T] to [N, out, T], or to [N, T, out] if the layer's output format is NWC. */
    private static String sequence(EmbeddingSequenceLayer configuration, LayerContext layer) {
        String numbers = layer.rank() == 3
                ? layer.op("Squeeze", layer.input(), layer.integers(1L)).emit()
                : layer.input();
        String rows = lookUp(layer, numbers);
        String sequence = configuration.getOutputFormat() == RNNFormat.NCW ? layer.transpose(rows, 0, 2, 1) : rows;
        return layer.activate(configuration.getActivationFn(), sequence);
    }

    private static String lookUp(LayerContext layer, String numbers) {
        String indices =
                layer.op("Cast", numbers).integer("to", DataType.INT64.code()).emit();
        String rows = layer.op("Gather", layer.weight("W"), indices).emit();
        return layer.has("b")
                ? layer.op("Add", rows, DenseEmitters.vector(layer, "b")).emit()
                : rows;
    }
}
