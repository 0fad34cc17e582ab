package dev.jzoo.zoo.file;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The bytes of ONNX files, and the words for files that turn out to be none: the same wherever one is opened. */
public final class OnnxBytes {

    /** What a message of protobuf can have, and an array of Java. */
    private static final long MOST = Integer.MAX_VALUE - 8L;

    private OnnxBytes() {}

    /**
     * Reads a file whole.
     *
     * @throws DataFormatException where it is no file, or larger than any ONNX file
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
                    "expected an ONNX model, which has at most 2 GiB beside its external data, found "
                            + FileKind.recognise(head)
                                    .map(kind -> kind + " of ")
                                    .orElse("")
                            + attributes.size() + " bytes");
        }
        return Files.readAllBytes(file);
    }

    /**
     * Says of a file that does not parse as ONNX what was expected and what was found, to follow the file's name: "expected an
     * ONNX model, found JSON".
     */
    public static String refusal(byte[] head) {
        return "expected an ONNX model, found " + FileKind.describe(head)
                + (FileKind.recognise(head).isPresent()
                        ? ""
                        : " that do not parse as one: the file is cut short, damaged, or something else");
    }
}
