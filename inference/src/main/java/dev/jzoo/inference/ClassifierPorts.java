package dev.jzoo.inference;

import dev.jzoo.zoo.DataFormatException;
import dev.jzoo.zoo.JZooException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Where a graph is an image classifier: its input, its output, and the names of its classes. */
record ClassifierPorts(
        String image,
        PictureSize size,
        Framing framing,
        OptionalLong batch,
        String probabilities,
        List<String> labels) {

    /** Fails with JZooException, saying what a classifier needs, or DataFormatException where the labels are wrong. */
    static ClassifierPorts of(OnnxModel model) throws DataFormatException {
        Port image = model.inputs().size() == 1 ? model.inputs().get(0) : null;
        Port scores = model.outputs().stream()
                .filter(ClassifierPorts::scores)
                .reduce((one, other) -> other.name().equals("probabilities") ? other : one)
                .orElse(null);
        if (image == null || scores == null || !picture(image)) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model.name()
                            + " is no image classifier: it needs one input uint8 [N, height, width, 1 or 3] and an output"
                            + " float [N, classes], but has " + model.inputs() + " -> " + model.outputs() + ".",
                    "Run it with tensors through OnnxModel, or put its pre-processing into the graph.");
        }
        PictureSize size = new PictureSize(size(image, 1), size(image, 2), size(image, 3));
        return new ClassifierPorts(
                image.name(),
                size,
                Framing.of(model),
                image.shape().get(0).fixedSize(),
                scores.name(),
                Labels.of(model, scores));
    }

    private static boolean picture(Port port) {
        return port.type() == ElementType.UINT8
                && port.shape().size() == 4
                && IntStream.of(1, 2, 3).allMatch(axis -> size(port, axis) > 0)
                && (size(port, 3) == 1 || size(port, 3) == 3);
    }

    private static boolean scores(Port port) {
        return port.type().carrier() == ElementType.FLOAT && port.shape().size() == 2;
    }

    private static int size(Port port, int axis) {
        return (int) port.shape().get(axis).fixedSize().orElse(-1);
    }
}
