package dev.jzoo.onnx;

import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where the weights of a model lie when they are written to a file beside it, as "External Data" of the ONNX specification
 * describes it: {@code location} relative to the model, {@code offset} and {@code length} in bytes. Offsets are multiples of
 * the page size, so that a runtime can map them into memory.
 */
final class ExternalWeights {

    private static final long PAGE = 4096;

    /** Tensors below this stay in the model: scalars and shapes, which a runtime needs while it loads the graph. */
    private static final long LEAST = 1024;

    private final String location;
    private final Map<String, TensorData> tensors = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private long size;

    private ExternalWeights(String location) {
        this.location = location;
    }

    /** No weights: all of them are in the model. */
    static ExternalWeights none() {
        return new ExternalWeights("");
    }

    /** The large initializers of a graph. */
    static ExternalWeights of(Graph graph, String location) {
        ExternalWeights weights = new ExternalWeights(location);
        graph.initializers().forEach((name, tensor) -> {
            long length = tensor.byteSize();
            if (length >= LEAST) {
                long offset = (weights.size + PAGE - 1) / PAGE * PAGE;
                weights.tensors.put(name, tensor);
                weights.offsets.put(name, offset);
                weights.size = offset + length;
            }
        });
        return weights;
    }

    /** Bytes of the file. */
    long size() {
        return size;
    }

    /** An initializer without its values; with their place where that is outside. */
    TensorProto head(String name, TensorData tensor) {
        TensorProto.Builder proto = OnnxWriter.tensorHead(name, tensor);
        Long offset = offsets.get(name);
        if (offset != null) {
            proto.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(entry("location", location))
                    .addExternalData(entry("offset", offset.toString()))
                    .addExternalData(entry("length", Long.toString(tensor.byteSize())));
        }
        return proto.build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Writes the values, one tensor after the other. */
    void write(OutputStream out) throws IOException {
        // A channel copies a buffer bit by bit, so that no tensor is held twice.
        WritableByteChannel channel = Channels.newChannel(out);
        long at = 0;
        for (Map.Entry<String, TensorData> tensor : tensors.entrySet()) {
            long offset = Objects.requireNonNull(offsets.get(tensor.getKey()));
            out.write(new byte[(int) (offset - at)]);
            tensor.getValue().read(channel::write);
            at = offset + tensor.getValue().byteSize();
        }
    }
}
