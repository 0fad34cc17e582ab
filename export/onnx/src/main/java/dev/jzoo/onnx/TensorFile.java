package dev.jzoo.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tensor in its own file, as ONNX stores the inputs and expected outputs of its tests: {@code
 * test_data_set_0/input_0.pb}, a TensorProto.
 *
 * @param name name of the graph's input or output that it belongs to
 * @param data its values
 */
public record TensorFile(String name, TensorData data) {

    /**
     * Reads a file.
     *
     * @throws DataFormatException if it does not contain a tensor
     */
    public static TensorFile read(Path file) throws IOException {
        try {
            TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
            return new TensorFile(
                    proto.getName(),
                    new OnnxReader(
                                    (tensor, type, dims) -> {
                                        throw new DataFormatException(file, "expected a tensor without external data");
                                    },
                                    OnnxReader.UnsupportedPart.REFUSED)
                            .tensor(proto));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new DataFormatException(file, "expected a tensor (TensorProto): " + e.getMessage());
        }
    }

    /** Writes the file. */
    public void write(Path file) throws IOException {
        Files.write(file, OnnxWriter.tensor(name, data).toByteArray());
    }
}
