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
 * @param name name for messages
 * @param network network creates the network, the same each time
 * @param inputs inputs declared to the exporter, without values
 * @param values values of each input in use, which the exporter does not know
 */
record ExportedNetwork(String name, Supplier<Object> network, List<ValueInfo> inputs, List<InputValues> values) {

    OnnxExporter exporter() {
        OnnxExporter exporter = OnnxExporter.of(network.get());
        inputs.forEach(input -> exporter.input(input.name(), input.type(), input.shape()));
        return exporter;
    }

    /** Returns inputs as in use, with numbers, sizes and magnitudes that the exporter does not compare at. */
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
