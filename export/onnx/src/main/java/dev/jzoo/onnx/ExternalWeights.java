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
 * The layout of a model's weights in a separate file next to it, as described in "External Data" of the ONNX specification:
 * {@code location} relative to the model, {@code offset} and {@code length} in bytes. Offsets are multiples of the page
 * size, so that a runtime can map them into memory.
 */
final class ExternalWeights {

    private static final long PAGE = 4096;

    /**
     * Smallest external tensor in bytes. Smaller ones stay in the model: scalars and shapes, which a runtime needs while it
     * loads the graph.
     */
    private static final long LEAST = 1024;

    private final String location;
    private final Map<String, TensorData> tensors = new LinkedHashMap<>();
    private final Map<String, Long> offsets = new LinkedHashMap<>();
    private long size;

    private ExternalWeights(String location) {
        this.location = location;
    }

    /** Returns a layout without external weights: all of them are in the model. */
    static ExternalWeights none() {
        return new ExternalWeights("");
    }

    /** Returns a layout of a graph's large initializers. */
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

    /** Returns the size of the file in bytes. */
    long size() {
        return size;
    }

    /** Returns an initializer without its values, but with their place if they are external. */
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
        // A channel copies a buffer in small pieces, so that no tensor is held twice.
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
