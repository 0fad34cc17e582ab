package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.TensorData;
import java.io.IOException;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A search for weights that are NaN or infinite, a sign of a failed training. Constants of the network may be infinite,
 * as in a causal mask. Their names, including those of folded nodes, begin with a slash, and they are skipped.
 */
public final class WeightCheck {

    /** Bits of positive infinity; the bits of NaN are larger. */
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private static final int CHUNK = 1 << 12;

    private WeightCheck() {}

    /**
     * Returns a sentence that names every float32 weight with NaN or infinite values, or an empty list if there is
     * none.
     */
    public static List<String> warnings(Graph graph) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, TensorData> weight : graph.initializers().entrySet()) {
            boolean constant = weight.getKey().startsWith("/");
            if (weight.getValue().type() == DataType.FLOAT
                    && largestMagnitude(weight.getValue()) >= (constant ? INFINITY + 1 : INFINITY)) {
                broken.add(weight.getKey());
            }
        }
        return broken.isEmpty()
                ? List.of()
                : List.of("NaN or infinite values in the weights " + String.join(", ", broken) + ".");
    }

    private static int largestMagnitude(TensorData tensor) throws IOException {
        int[] chunk = new int[CHUNK];
        int[] largest = new int[1];
        tensor.read(piece -> {
            IntBuffer bits = piece.asIntBuffer();
            while (bits.hasRemaining()) {
                int count = Math.min(bits.remaining(), CHUNK);
                bits.get(chunk, 0, count);
                largest[0] = Math.max(largest[0], largestMagnitude(chunk, count));
            }
        });
        return largest[0];
    }

    /**
     * Returns the bits of the largest magnitude. Without their signs, the bits of floats have the order of their
     * values; Java vectorises this loop.
     */
    private static int largestMagnitude(int[] bits, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, bits[i] & Integer.MAX_VALUE);
        }
        return largest;
    }
}
