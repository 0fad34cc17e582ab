package dev.jzoo.finetune.base;

import dev.jzoo.export.IntermediateValues;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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

    /** Opens a file with one input and one output. */
    public static Backbone open(OnnxFile file, PictureSize size) throws IOException {
        Path folder = Files.createTempDirectory("jzoo-features");
        Path path = folder.resolve("network.onnx");
        try {
            file.write(path);
            // One thread: the pictures share the processors, which is faster than sharing the work on each.
            SessionSettings settings = SessionSettings.standard().withThreads(1);
            return new Backbone(OnnxModel.open(path, Device.cpu(), settings), size);
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

    /**
     * What a base gives for its features, found by running it on a black picture.
     *
     * @return the base, for one picture at a time where it cannot do otherwise, and how its features are made a row
     * @throws JZooException BAD_INPUT where they can be none
     */
    public static Probed probe(BaseNetwork base) throws IOException {
        Optional<Normalization> any = base.layout().isPresent() ? Optional.of(Normalization.UNIT) : Optional.empty();
        BaseNetwork usable = takesTwo(base, any) ? base : base.single();
        return new Probed(usable, FeatureShape.of(usable, shape(usable, any, 1)));
    }

    /** A base and how its features are made a row. */
    public record Probed(BaseNetwork base, FeatureShape shape) {}

    private static boolean takesTwo(BaseNetwork base, Optional<Normalization> any) throws IOException {
        try {
            return shape(base, any, 2)[0] == 2;
        } catch (JZooException e) {
            return false;
        }
    }

    private static long[] shape(BaseNetwork base, Optional<Normalization> any, int pictures) throws IOException {
        OnnxFile file = ClassifierAssembly.prepared(base, any);
        PictureSize size = base.size();
        Tensor black = Tensor.ofBytes(
                new byte[Math.multiplyExact(pictures, size.bytes())],
                pictures,
                size.height(),
                size.width(),
                size.channels());
        String input = file.graph().inputs().get(0).name();
        long[] shape = IntermediateValues.run(
                        file, Map.of(input, black), Map.of(base.tap().tensor(), base.type()))
                .get(base.tap().tensor())
                .shape();
        return shape.length == 0 ? new long[] {0} : shape;
    }

    @Override
    public void close() {
        model.close();
    }
}
