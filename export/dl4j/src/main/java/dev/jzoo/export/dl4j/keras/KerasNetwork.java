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

/** A Keras model, open for export. Its emitters write it, and its reference computes it. Holds no native memory. */
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
                "Cannot add lengths of sequences to a Keras model. For sequences of different lengths"
                        + " use a Masking layer in the model, or an Embedding with mask_zero.");
    }

    @Override
    public SourceNetwork withStates() {
        throw new IllegalArgumentException(
                "Cannot add states to a Keras model: they are supported for DL4J networks only. Export"
                        + " it without states.");
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
            // An output that is also an input, or another output, needs its own tensor.
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
                    List.of("the Keras model fails on inputs of the shape " + String.join(" and ", shapes) + ": "
                            + e.getMessage()),
                    "If an axis of the input can have only some sizes, declare the input with a fixed size.");
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
        // Nothing to free.
    }
}
