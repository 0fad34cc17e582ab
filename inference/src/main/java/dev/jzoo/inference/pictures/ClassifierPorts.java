package dev.jzoo.inference.pictures;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Labels;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.util.List;
import java.util.Optional;

/** The parts of a graph that is a picture classifier: its input, its output, and the names of its classes. */
record ClassifierPorts(PicturePort picture, String probabilities, List<String> labels) {

    /**
     * Returns the ports of a model. Fails with JZooException if it is not a classifier, or DataFormatException if the
     * labels are wrong.
     */
    static ClassifierPorts of(OnnxModel model) throws DataFormatException {
        Optional<PicturePort> picture = PicturePort.of(model);
        Optional<Port> scores = model.outputs().stream()
                .filter(ClassifierPorts::scores)
                .reduce((one, other) -> other.name().equals("probabilities") ? other : one);
        if (picture.isEmpty() || scores.isEmpty()) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    model.name()
                            + " is not a picture classifier: expected one input uint8 [N, height, width, 1 or 3] and"
                            + " an output"
                            + " float [N, classes], found " + model.inputs() + " -> " + model.outputs() + ".",
                    "Run it with tensors, with OnnxModel, or add its pre-processing to the graph.");
        }
        return new ClassifierPorts(picture.get(), scores.get().name(), Labels.of(model, scores.get()));
    }

    private static boolean scores(Port port) {
        return port.type().carrier() == ElementType.FLOAT && port.shape().size() == 2;
    }
}
