package dev.jzoo.export.dl4j.keras.emission;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.WeightArray;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * A writer of weights into a graph, in another order of their elements and without arithmetic. At the end it proves
 * that each element of the file was written exactly once: the sum over mixed bits of a layer's written elements equals
 * the sum over its stored elements.
 */
final class WeightAccount {

    private static final int PIECE = 1 << 14;

    private final GraphBuilder graph;
    private final Map<String, Long> written = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    WeightAccount(GraphBuilder graph) {
        this.graph = graph;
    }

    /**
     * Writes a weight, only once if it is requested several times.
     *
     * @param source index of the stored element for element i of the result; -1 for a zero
     */
    String write(KerasLayer layer, String role, float[] values, IntUnaryOperator source, long... dims) {
        String name = layer.path() + "/" + role;
        return names.computeIfAbsent(name, key -> {
            TensorData data = TensorData.of(DataType.FLOAT, sink -> rearranged(values, source, dims, sink), dims);
            written.merge(layer.path(), sum(data), Long::sum);
            return graph.weight(name, data);
        });
    }

    private static void rearranged(float[] values, IntUnaryOperator source, long[] dims, TensorData.PieceConsumer sink)
            throws IOException {
        int size = 1;
        for (long dim : dims) {
            size = Math.multiplyExact(size, Math.toIntExact(dim));
        }
        ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            int from = source.applyAsInt(i);
            piece.putFloat(from < 0 ? 0 : values[from]);
            if (!piece.hasRemaining() || i == size - 1) {
                sink.accept(piece.flip());
                piece.clear();
            }
        }
    }

    private static long sum(TensorData data) {
        long[] sum = {0};
        try {
            data.read(piece -> {
                while (piece.hasRemaining()) {
                    sum[0] += mixed(piece.getInt());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum[0];
    }

    /** Mixes bits with the finaliser of SplitMix64. 0 stays 0, so padding with zeros does not count. */
    private static long mixed(int bits) {
        long z = Integer.toUnsignedLong(bits) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Fails naming every layer with a weight that was not written, or not unchanged. */
    void requireArrived(List<KerasLayer> layers) {
        List<String> parts = new ArrayList<>();
        for (KerasLayer layer : layers) {
            long stored = 0;
            for (WeightArray array : layer.weights().values()) {
                for (float value : array.values()) {
                    stored += mixed(Float.floatToRawIntBits(value));
                }
            }
            if (stored != written.getOrDefault(layer.path(), 0L)) {
                parts.add(layer + ": not all of its weights were written: "
                        + layer.weights().values().stream()
                                .map(WeightArray::toString)
                                .sorted()
                                .toList());
            }
        }
        if (!parts.isEmpty()) {
            throw new UnsupportedNetworkException(
                    parts, "This is a fault of the exporter: report it with the model's configuration.");
        }
    }
}
