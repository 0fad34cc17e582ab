package dev.jzoo.inference;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Arrays;

/**
 * Makes an inner tensor of a graph an output of it, without a library for protobuf. Protobuf merges two messages of one type
 * that follow each other, and appends what is repeated; so the bytes of a model, followed by those of a model with
 * nothing but one more output, are the model with that output. Type and shape need not be said: ONNX Runtime finds both.
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

    /** The bytes of a model with a tensor as its last output, which none of its outputs is. */
    public static byte[] asOutput(byte[] model, String tensor) {
        byte[] output = WireBytes.field(GRAPH, WireBytes.field(OUTPUT, WireBytes.text(NAME, tensor)));
        byte[] longer = Arrays.copyOf(model, model.length + output.length);
        System.arraycopy(output, 0, longer, model.length, output.length);
        return longer;
    }
}
