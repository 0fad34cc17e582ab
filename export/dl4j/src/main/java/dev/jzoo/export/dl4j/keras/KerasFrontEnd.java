package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.dl4j.keras.model.DeclaredInput;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;

/** The front end for models that {@link KerasFile} has read. */
public final class KerasFrontEnd implements FrontEnd {

    @Override
    public String name() {
        return "Keras";
    }

    @Override
    public boolean accepts(Object network) {
        return network instanceof KerasModel;
    }

    @Override
    public SourceNetwork open(Object network, List<ValueInfo> inputs) {
        KerasModel model = (KerasModel) network;
        return new KerasNetwork(model, inputs.isEmpty() ? declared(model) : checked(model, inputs));
    }

    private static List<ValueInfo> declared(KerasModel model) {
        List<ValueInfo> inputs = new ArrayList<>();
        for (DeclaredInput input : model.inputs()) {
            if (input.shape().isEmpty()) {
                throw new IllegalArgumentException(
                        "The Keras model does not contain the shape of its input. Declare the input, with the"
                                + " batch as first axis.");
            }
            List<Dimension> shape = new ArrayList<>();
            for (int axis = 0; axis < input.shape().size(); axis++) {
                long size = input.shape().get(axis);
                shape.add(axis == 0 ? Dimension.BATCH : size < 0 ? open(axis, input) : Dimension.of(size));
            }
            inputs.add(new ValueInfo(input.name(), type(input), shape));
        }
        return inputs;
    }

    private static DataType type(DeclaredInput input) {
        return switch (input.type()) {
            case "int32" -> DataType.INT32;
            case "int64" -> DataType.INT64;
            default -> DataType.FLOAT;
        };
    }

    /** Returns a named axis of any size. */
    private static Dimension open(int axis, DeclaredInput input) {
        int rank = input.shape().size();
        return Dimension.of(rank == 3 || rank == 2 ? "time" : "axis" + axis);
    }

    private static List<ValueInfo> checked(KerasModel model, List<ValueInfo> inputs) {
        if (inputs.size() != model.inputs().size()) {
            throw new IllegalArgumentException(
                    "The Keras model has " + model.inputs().size() + " inputs, but " + inputs.size()
                            + " were declared. Declare each of them, in the model's order.");
        }
        for (int i = 0; i < inputs.size(); i++) {
            ValueInfo given = inputs.get(i);
            List<Long> own = model.inputs().get(i).shape();
            boolean fits = own.isEmpty() || own.size() == given.shape().size();
            for (int axis = 1; fits && axis < own.size(); axis++) {
                fits = own.get(axis) < 0 || given.shape().get(axis).accepts(own.get(axis));
            }
            if (!fits) {
                throw new IllegalArgumentException("The declared input '" + given.name()
                        + "' does not fit the Keras model: it was declared as " + Dimension.format(given.shape())
                        + ", but the model has " + own + ", where -1 is any size.");
            }
            if (!List.of(DataType.FLOAT, DataType.INT32, DataType.INT64).contains(given.type())) {
                throw new IllegalArgumentException(
                        "The declared input '" + given.name() + "' does not fit a Keras model: it was declared as "
                                + given.type() + ", expected FLOAT, INT32 or INT64.");
            }
        }
        return inputs;
    }
}
