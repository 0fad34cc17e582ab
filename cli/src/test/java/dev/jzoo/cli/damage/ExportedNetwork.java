package dev.jzoo.cli.damage;

import dev.jzoo.export.InputValues;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A network to export and to damage.
 *
 * @param name for people
 * @param network makes it, the same each time
 * @param inputs that are declared to the exporter, without values
 * @param values that each input takes in use, which the exporter is not told
 */
record ExportedNetwork(String name, Supplier<Object> network, List<ValueInfo> inputs, List<InputValues> values) {

    OnnxExporter exporter() {
        OnnxExporter exporter = OnnxExporter.of(network.get());
        inputs.forEach(input -> exporter.input(input.name(), input.type(), input.shape()));
        return exporter;
    }

    /** Inputs as in use: other numbers, sizes and magnitudes than any that the exporter compares at. */
    Map<String, Tensor> inUse(int batch, double magnitude, Random random) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            ValueInfo input = inputs.get(i);
            Tensor drawn = values.get(i)
                    .draw(
                            input,
                            axis -> axis instanceof Dimension.FixedDimension fixed
                                    ? fixed.size()
                                    : axis.equals(Dimension.BATCH) ? batch : 26,
                            random);
            given.put(input.name(), values.get(i).equals(InputValues.unknown()) ? scaled(drawn, magnitude) : drawn);
        }
        return given;
    }

    private static Tensor scaled(Tensor tensor, double magnitude) {
        if (tensor.type() != ElementType.FLOAT) {
            return tensor;
        }
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) magnitude;
        }
        return Tensor.of(values, tensor.shape());
    }
}
