package dev.jzoo.labs.convolution;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.Array;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One ONNX operator, computed by ONNX Runtime in single precision: an independent reference for what a lab computes itself.
 *
 * <pre>{@code
 * Array y = RuntimeOperator.named("Conv").with("strides", 2, 2).run(x, weight, bias);
 * }</pre>
 */
public final class RuntimeOperator {

    private static final int OPSET = 17;

    private final String type;
    private final Map<String, long[]> attributes = new LinkedHashMap<>();

    private RuntimeOperator(String type) {
        this.type = type;
    }

    /** Returns an operator without attributes. */
    public static RuntimeOperator named(String type) {
        return new RuntimeOperator(type);
    }

    /** Sets an attribute that is a list of integers, such as strides or pads. */
    public RuntimeOperator with(String attribute, long... values) {
        attributes.put(attribute, values.clone());
        return this;
    }

    /** Computes the output for arrays, which are rounded to single precision. */
    public Array run(Array... inputs) {
        Tensor[] tensors = Arrays.stream(inputs).map(RuntimeOperator::tensor).toArray(Tensor[]::new);
        Tensor output = run(ElementType.FLOAT, tensors);
        return Array.of(
                output.numbers(),
                Arrays.stream(output.shape()).mapToInt(Math::toIntExact).toArray());
    }

    /** Returns an array as a tensor of single precision. */
    public static Tensor tensor(Array array) {
        float[] values = new float[array.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.values()[i];
        }
        return Tensor.of(values, Arrays.stream(array.shape()).asLongStream().toArray());
    }

    /** Computes the output, of the given type, for tensors of the types FLOAT and INT64. */
    public Tensor run(ElementType output, Tensor... inputs) {
        GraphBuilder graph = new GraphBuilder(OPSET);
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (Tensor input : inputs) {
            String name = "x" + given.size();
            graph.input(ValueInfo.ofAnyShape(name, dataType(input.type())));
            given.put(name, input);
        }
        GraphBuilder.NodeBuilder node = graph.op(type, List.copyOf(given.keySet()));
        attributes.forEach(node::ints);
        node.emitAs("y");
        graph.output(ValueInfo.ofAnyShape("y", dataType(output)));
        byte[] file = OnnxFile.of(OPSET, new OnnxFile.Producer("jzoo", ""), graph.build(type), Map.of())
                .toBytes();
        try (OnnxModel model = OnnxModel.open(file, type, Device.cpu())) {
            return model.run(given).get("y");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataType dataType(ElementType type) {
        return type == ElementType.INT64 ? DataType.INT64 : DataType.FLOAT;
    }
}
