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
 * A model that maps a picture's bytes to a row of numbers, one picture at a time, in ONNX Runtime. Rows do not depend
 * on other pictures, and several threads may call it at once. Holds native memory until it is closed.
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
     * @param name the file's name in messages
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
     * Computes the row of a picture.
     *
     * @param pixels uint8 [height, width, channels]
     */
    public float[] row(byte[] pixels) {
        return outputs(pixels).get(model.outputs().get(0).name()).floats();
    }

    /** Computes all outputs for a picture, by name. */
    Map<String, Tensor> outputs(byte[] pixels) {
        Tensor image = Tensor.ofBytes(pixels, 1, size.height(), size.width(), size.channels());
        return model.run(Map.of(model.inputs().get(0).name(), image));
    }

    @Override
    public void close() {
        model.close();
    }
}
