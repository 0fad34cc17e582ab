package dev.jzoo.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tensor in a file of its own, as ONNX keeps the inputs and expected outputs of its tests: {@code
 * test_data_set_0/input_0.pb}, a TensorProto.
 *
 * @param name of the graph's input or output that it belongs to
 * @param data its values
 */
public record TensorFile(String name, TensorData data) {

    /**
     * Reads a file.
     *
     * @throws DataFormatException where it holds no tensor
     */
    public static TensorFile read(Path file) throws IOException {
        try {
            TensorProto proto = TensorProto.parseFrom(Files.readAllBytes(file));
            return new TensorFile(
                    proto.getName(),
                    new OnnxReader(
                                    (tensor, type, dims) -> {
                                        throw new DataFormatException(
                                                file, "a tensor in a file of its own has no external data");
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
