package dev.jzoo.benchmarks;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Random inputs of a published classifier: pixels, or floats in -1 to 1.
 *
 * @param shape of the input; its first axis is the batch
 * @param isPicture whether the model takes pixels instead of floats
 */
record ContenderInputs(
        Path file,
        String input,
        String output,
        long[] shape,
        int classes,
        boolean isPicture,
        byte[] pixels,
        float[] values) {

    /** Draws inputs for the newest version of a model of this checkout. */
    static ContenderInputs of(String name, int batch) throws IOException {
        Path file = newest(name);
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            Port in = model.inputs().get(0);
            Port out = model.outputs().get(0);
            long[] shape = in.shape().stream()
                    .mapToLong(axis -> axis.fixedSize().orElse(batch))
                    .toArray();
            byte[] pixels = new byte[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            new Random(1).nextBytes(pixels);
            float[] values = new float[pixels.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = pixels[i] / 128f;
            }
            int classes = (int) out.shape().get(1).fixedSize().orElseThrow();
            boolean isPicture = in.type() == ElementType.UINT8;
            return new ContenderInputs(file, in.name(), out.name(), shape, classes, isPicture, pixels, values);
        }
    }

    /** Returns the file of the newest version of a model of this checkout. */
    static Path newest(String model) throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("zoo/models", model))) {
            return versions.sorted()
                    .reduce((older, newer) -> newer)
                    .orElseThrow()
                    .resolve("model.onnx");
        }
    }

    int batch() {
        return (int) shape[0];
    }

    /** Returns the length of the output. */
    int scores() {
        return batch() * classes;
    }

    /** Returns the values as {@code float[batch][values]}. */
    float[][] nested() {
        int each = values.length / batch();
        float[][] rows = new float[batch()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * each, (i + 1) * each);
        }
        return rows;
    }
}
