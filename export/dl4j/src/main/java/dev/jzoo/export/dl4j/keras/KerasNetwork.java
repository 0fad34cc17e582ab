package dev.jzoo.export.dl4j.keras;

import dev.jzoo.export.InputValues;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.emission.EmittedValue;
import dev.jzoo.export.dl4j.keras.emission.ModelEmission;
import dev.jzoo.export.dl4j.keras.model.KerasModel;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel;
import dev.jzoo.export.dl4j.keras.reference.ReferenceValue;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A Keras model: written by its emitters, computed by its reference. Holds no native memory. */
final class KerasNetwork implements SourceNetwork {

    private final KerasModel model;
    private final List<ValueInfo> inputs;

    KerasNetwork(KerasModel model, List<ValueInfo> inputs) {
        this.model = model;
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public List<ValueInfo> inputs() {
        return inputs;
    }

    @Override
    public List<String> outputNames() {
        return model.outputNames();
    }

    @Override
    public SourceNetwork withLengths(String name) {
        throw new IllegalArgumentException(
                "A Keras model takes no lengths of sequences. Use a Masking layer, or an Embedding"
                        + " with mask_zero, for sequences of different lengths.");
    }

    @Override
    public SourceNetwork withStates() {
        throw new IllegalArgumentException("The states of a Keras model are not exported as inputs and outputs.");
    }

    @Override
    public List<ValueInfo> emit(GraphBuilder graph, List<String> tensors) {
        List<EmittedValue> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            ValueInfo input = inputs.get(i);
            String tensor = input.type() == DataType.FLOAT
                    ? tensors.get(i)
                    : graph.op("Cast", tensors.get(i))
                            .integer("to", DataType.FLOAT.code())
                            .emit();
            values.add(new EmittedValue(tensor, input.shape(), ""));
        }
        List<ValueInfo> outputs = new ArrayList<>();
        for (EmittedValue output : ModelEmission.emit(model, graph, values)) {
            // An output that is an input too, or another output, needs a tensor of its own.
            boolean taken = tensors.contains(output.tensor())
                    || outputs.stream().anyMatch(other -> other.name().equals(output.tensor()));
            String tensor = taken ? graph.op("Identity", output.tensor()).emit() : output.tensor();
            outputs.add(new ValueInfo(tensor, DataType.FLOAT, output.shape()));
        }
        return outputs;
    }

    @Override
    public List<Tensor> run(List<Tensor> given) {
        List<ReferenceValue> values = new ArrayList<>();
        for (Tensor tensor : given) {
            double[] numbers = tensor.numbers();
            float[] data = new float[numbers.length];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) numbers[i];
            }
            values.add(ReferenceValue.of(
                    data,
                    LongStream.of(tensor.shape()).mapToInt(Math::toIntExact).toArray()));
        }
        try {
            return ReferenceModel.outputs(model, values).stream()
                    .map(KerasNetwork::tensor)
                    .toList();
        } catch (IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            List<String> shapes = given.stream()
                    .map(tensor -> Arrays.toString(tensor.shape()))
                    .toList();
            throw new UnsupportedNetworkException(
                    List.of("the Keras model does not compute inputs of the shape " + String.join(" and ", shapes)
                            + ": " + e.getMessage()),
                    "Where an axis of the input can have some sizes only, declare the input with a fixed size.");
        }
    }

    private static Tensor tensor(ReferenceValue value) {
        return Tensor.of(
                value.data(), Arrays.stream(value.dims()).asLongStream().toArray());
    }

    @Override
    public InputValues values(ValueInfo input) {
        InputDomain domain = InputDomain.of(model, inputs.indexOf(input));
        return domain.isOpen() ? InputValues.unknown() : domain;
    }

    @Override
    public void close() {
        // nothing to free
    }
}
