package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of ONNX files, and the messages for files that are not ONNX, shared by all code that opens one. */
@Internal
public final class OnnxBytes {

    /** The maximum size of a protobuf message and of a Java array. */
    private static final long MOST = Integer.MAX_VALUE - 8L;

    private OnnxBytes() {}

    /**
     * Reads a whole file.
     *
     * @throws DataFormatException if it is not a file, or is larger than any ONNX file
     */
    public static byte[] read(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new DataFormatException(
                    file,
                    "expected an ONNX model, found " + (attributes.isDirectory() ? "a folder" : "a device or a pipe"));
        }
        if (attributes.size() > MOST) {
            byte[] head = FileKind.head(file);
            throw new DataFormatException(
                    file,
                    "expected an ONNX model, which has at most 2 GiB without its external data, found "
                            + FileKind.recognise(head)
                                    .map(kind -> kind + " of ")
                                    .orElse("")
                            + attributes.size() + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /**
     * Returns the message about a file that does not parse as ONNX, to follow the file's name: "expected an ONNX model, found
     * JSON".
     */
    public static String refusal(byte[] head) {
        return "expected an ONNX model, found " + FileKind.describe(head)
                + (FileKind.recognise(head).isPresent()
                        ? ""
                        : " that do not parse: the file is truncated, damaged, or in another format");
    }
}
