package dev.jzoo.onnx;

import dev.jzoo.onnx.proto.StringStringEntryProto;
import dev.jzoo.onnx.proto.TensorProto;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Weights that lie beside a model in files of their own, as "External Data" of the ONNX specification describes them. */
final class ExternalFolder implements OnnxReader.ExternalData {

    private final Path model;

    ExternalFolder(Path model) {
        this.model = model;
    }

    @Override
    public ByteBuffer find(TensorProto tensor) throws IOException {
        Map<String, String> keys = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            keys.put(entry.getKey(), entry.getValue());
        }
        Path folder = model.toAbsolutePath().normalize().getParent();
        String location = keys.getOrDefault("location", "");
        Path file = folder.resolve(location).normalize();
        if (location.isEmpty() || !file.startsWith(folder) || !Files.isRegularFile(file)) {
            throw fault(tensor, "lies in '" + location + "', which is no file beside the model");
        }
        // A symbolic link may still point outside; the real path must stay inside too.
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw fault(tensor, "lies in '" + location + "', which leads out of the model's folder");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long offset = Long.parseLong(keys.getOrDefault("offset", "0"));
            long length = Long.parseLong(keys.getOrDefault("length", Long.toString(channel.size() - offset)));
            if (offset < 0 || length < 0 || offset > channel.size() - length) {
                throw fault(
                        tensor,
                        "needs bytes " + offset + " to " + (offset + length) + " of '" + location + "', which has "
                                + channel.size());
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
    }

    private DataFormatException fault(TensorProto tensor, String problem) {
        return new DataFormatException(model, "'" + tensor.getName() + "' " + problem);
    }
}
