package dev.jzoo.inference.pictures;

import dev.jzoo.inference.BatchSize;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.DataFormatException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The input of a graph that takes pictures, uint8 [N, height, width, channels].
 *
 * @param name of the input, which is the only one
 * @param batch number of pictures in one call
 */
record PicturePort(String name, PictureSize size, Framing framing, BatchSize batch) {

    /** Largest batch. More pictures are run in several batches, so that memory stays bounded. */
    private static final int LARGEST_BATCH = 64;

    /**
     * Returns the port of a model; empty if it takes something else. Fails with DataFormatException on an unknown framing.
     */
    static Optional<PicturePort> of(OnnxModel model) throws DataFormatException {
        Port image = model.inputs().size() == 1 ? model.inputs().get(0) : null;
        if (image == null || !isPicture(image)) {
            return Optional.empty();
        }
        BatchSize batch = BatchSize.of(model, image, LARGEST_BATCH);
        PictureSize size = new PictureSize(image.size(1), image.size(2), image.size(3));
        return Optional.of(new PicturePort(image.name(), size, Framing.of(model), batch));
    }

    private static boolean isPicture(Port port) {
        return port.type() == ElementType.UINT8
                && port.shape().size() == 4
                && IntStream.of(1, 2, 3).allMatch(axis -> port.size(axis) > 0)
                && (port.size(3) == 1 || port.size(3) == 3);
    }

    /** Returns the pixels of a picture as the model sees them: uint8 [height, width, channels]. */
    byte[] pixels(Picture picture) {
        return picture.pixels(size, framing);
    }

    /**
     * Runs one lot of pictures.
     *
     * @param lot pixels, uint8 [height, width, channels] each, at most {@link BatchSize#most()}
     * @return the output: a row for each picture, or for each place of a fixed batch
     */
    Tensor run(OnnxModel model, List<byte[]> lot, String output) {
        // a graph with a fixed batch gets a full batch; unused pictures are black and their results are ignored
        int n = batch.of(lot.size());
        byte[] pixels = new byte[Math.multiplyExact(n, size.bytes())];
        for (int i = 0; i < lot.size(); i++) {
            System.arraycopy(lot.get(i), 0, pixels, i * size.bytes(), size.bytes());
        }
        long[] shape = {n, size.height(), size.width(), size.channels()};
        Tensor input = Tensor.adopt(ElementType.UINT8, pixels, shape);
        return Objects.requireNonNull(
                model.run(Map.of(name, input), Set.of(output)).get(output));
    }
}
