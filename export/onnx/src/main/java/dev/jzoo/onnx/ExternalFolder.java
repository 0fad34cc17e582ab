package dev.jzoo.onnx;

import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Weights in separate files next to a model, as described in "External Data" of the ONNX specification. */
final class ExternalFolder implements OnnxReader.ExternalData {

    /** Size of a piece in bytes: a multiple of every type's size. */
    private static final long PIECE = 1L << 30;

    private final Path model;

    ExternalFolder(Path model) {
        this.model = model;
    }

    @Override
    public TensorData find(TensorProto tensor, DataType type, long[] dims) throws IOException {
        Map<String, String> keys = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            keys.put(entry.getKey(), entry.getValue());
        }
        String location = keys.getOrDefault("location", "");
        Path file = file(tensor, location);
        long needed = TensorData.byteSize(type, dims);
        long offset = number(tensor, keys, "offset", 0);
        long length = number(tensor, keys, "length", needed);
        if (length != needed) {
            throw fault(
                    tensor,
                    "needs " + needed + " bytes as " + type + Arrays.toString(dims) + ", but has length " + length);
        }
        long size = Files.size(file);
        if (offset > size - length) {
            throw fault(
                    tensor,
                    "needs bytes " + offset + " to " + (offset + length) + " of '" + location + "', which has " + size);
        }
        return length <= Integer.MAX_VALUE
                ? TensorData.of(type, map(file, offset, length), dims)
                : TensorData.of(type, sink -> read(file, offset, length, sink), dims);
    }

    /**
     * Returns the file with a tensor's values: in the model's folder or, if the model is a link, in the folder of the
     * link's target.
     */
    private Path file(TensorProto tensor, String location) throws IOException {
        Path folder = Disk.folderOf(model.toAbsolutePath().normalize());
        Path file = folder.resolve(location).normalize();
        if (location.isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw fault(tensor, "is stored in '" + location + "', which is not a file in the model's folder");
        }
        // A hub's cache has links to files named by their digests, all in one folder. Other links out of the
        // folder are not followed.
        Path real = file.toRealPath();
        if (!real.startsWith(folder.toRealPath()) && !real.startsWith(Disk.folderOf(model.toRealPath()))) {
            throw fault(tensor, "is stored in '" + location + "', which is outside of the model's folder");
        }
        return file;
    }

    private long number(TensorProto tensor, Map<String, String> keys, String key, long usual)
            throws DataFormatException {
        String text = keys.getOrDefault(key, Long.toString(usual));
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw fault(tensor, "has the " + key + " '" + text + "' in its external data; expected a number of bytes");
    }

    private static ByteBuffer map(Path file, long offset, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
    }

    /** Reads a tensor that is larger than a buffer can be, piece by piece. */
    private static void read(Path file, long offset, long length, TensorData.PieceConsumer sink) throws IOException {
        for (long at = 0; at < length; at += PIECE) {
            sink.accept(map(file, offset + at, Math.min(PIECE, length - at)));
        }
    }

    private DataFormatException fault(TensorProto tensor, String problem) {
        return new DataFormatException(model, "'" + tensor.getName() + "' " + problem);
    }
}
