package dev.jzoo.finetune.base;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A file from bytes of a picture to a row of numbers, running in ONNX Runtime, one picture at a time: the row of a picture
 * does not depend on its neighbours, and many threads may ask at once. Holds native memory until it is closed.
 */
public final class Backbone implements AutoCloseable {

    private final OnnxModel model;
    private final PictureSize size;

    private Backbone(OnnxModel model, PictureSize size) {
        this.model = model;
        this.size = size;
    }

    /**
     * Opens a file with one input and one output.
     *
     * @param name what messages call it
     */
    public static Backbone open(OnnxFile file, String name, PictureSize size) throws IOException {
        Path folder = Files.createTempDirectory("jzoo-features");
        Path path = folder.resolve("network.onnx");
        try {
            file.write(path);
            // One thread: the pictures share the processors, which is faster than sharing the work on each.
            SessionSettings settings = SessionSettings.standard().withThreads(1);
            return new Backbone(OnnxModel.open(path, name, Device.cpu(), settings), size);
        } finally {
            Files.deleteIfExists(path);
            Files.deleteIfExists(folder.resolve("network.onnx.data"));
            Files.deleteIfExists(folder);
        }
    }

    /**
     * The row of a picture.
     *
     * @param pixels uint8 [height, width, channels]
     */
    public float[] row(byte[] pixels) {
        return outputs(pixels).get(model.outputs().get(0).name()).floats();
    }

    /** All outputs for a picture, by name. */
    Map<String, Tensor> outputs(byte[] pixels) {
        Tensor image = Tensor.ofBytes(pixels, 1, size.height(), size.width(), size.channels());
        return model.run(Map.of(model.inputs().get(0).name(), image));
    }

    @Override
    public void close() {
        model.close();
    }
}
