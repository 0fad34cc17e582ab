package dev.jzoo.inference;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Arrays;

/**
 * A way to add an inner tensor of a graph to its outputs without a protobuf library. Protobuf merges two consecutive
 * messages of one type and appends their repeated fields. So the bytes of a model, followed by the bytes of a model with
 * just one more output, are the model with that output. ONNX Runtime infers the type and shape.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/#last-one-wins">Protobuf, "Last One Wins"</a>
 */
@Internal
public final class InnerTensor {

    /** The numbers of {@code ModelProto.graph}, {@code GraphProto.output} and {@code ValueInfoProto.name} in onnx.proto. */
    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;
    private static final int NAME = 1;

    private InnerTensor() {}

    /** Returns the bytes of a model with one more output at the end: a tensor that is not an output yet. */
    public static byte[] asOutput(byte[] model, String tensor) {
        byte[] output = WireBytes.field(GRAPH, WireBytes.field(OUTPUT, WireBytes.text(NAME, tensor)));
        byte[] longer = Arrays.copyOf(model, model.length + output.length);
        System.arraycopy(output, 0, longer, model.length, output.length);
        return longer;
    }
}
