package dev.jzoo.training.onnx.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Half;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An operator with settings and inputs, whose gradients in double precision are held against differences, and those in other types
 * against the former.
 */
final class GradientCase {

    private static final double STEP = 1e-5;

    /** Numbers to be drawn, of which the gradient is taken, or a constant. */
    private record Input(double least, double most, long[] dims, Optional<TensorData> constant) {}

    private final String opType;
    private final SortedMap<String, Attribute> attributes = new TreeMap<>();
    private final List<Optional<Input>> inputs = new ArrayList<>();
    private int outputs = 1;

    GradientCase(String opType) {
        this.opType = opType;
    }

    /** An input of numbers whose magnitude is 0.1 to 1, so that none is near a kink at 0. */
    GradientCase numbers(long... dims) {
        return between(-1, 1, dims);
    }

    GradientCase between(double least, double most, long... dims) {
        inputs.add(Optional.of(new Input(least, most, dims, Optional.empty())));
        return this;
    }

    GradientCase constant(TensorData value) {
        inputs.add(Optional.of(new Input(0, 0, value.dims(), Optional.of(value))));
        return this;
    }

    GradientCase integers(long... values) {
        return constant(TensorData.vector(values));
    }

    GradientCase leftOut() {
        inputs.add(Optional.empty());
        return this;
    }

    GradientCase with(String name, Attribute value) {
        attributes.put(name, value);
        return this;
    }

    GradientCase integer(String name, long value) {
        return with(name, new Attribute.Int(value));
    }

    GradientCase ints(String name, long... values) {
        return with(name, Attribute.ints(values));
    }

    GradientCase text(String name, String value) {
        return with(name, new Attribute.Text(value));
    }

    GradientCase outputs(int count) {
        outputs = count;
        return this;
    }

    String opType() {
        return opType;
    }

    @Override
    public String toString() {
        return opType + (attributes.isEmpty() ? "" : " " + attributes);
    }

    /**
     * The largest difference between a gradient and the slope that two values near by tell, relative where they are above 1.
     * The scalar is the sum of all outputs, each times a number of its own.
     *
     * @param type that the gradient is computed in
     */
    double largestDifference(long seed, DataType type) {
        Random random = new Random(seed);
        List<double[]> values = new ArrayList<>();
        for (Optional<Input> input : inputs) {
            int size = input.map(given -> (int) new Shape(given.dims).size()).orElse(0);
            double[] drawn = new double[size];
            for (int i = 0; i < size; i++) {
                drawn[i] = rounded(drawn(input.orElseThrow(), random), type);
            }
            values.add(drawn);
        }
        List<double[]> gradients = gradients(values, type);
        if (type != DataType.DOUBLE) {
            return largestDifference(gradients(values, DataType.DOUBLE), gradients);
        }
        double largest = 0;
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < gradients.get(i).length; j++) {
                double there = values.get(i)[j];
                values.get(i)[j] = there + STEP;
                double above = value(values);
                values.get(i)[j] = there - STEP;
                double below = value(values);
                values.get(i)[j] = there;
                double slope = (above - below) / (2 * STEP);
                double gradient = gradients.get(i)[j];
                double difference = Math.abs(slope - gradient) / Math.max(1, Math.abs(slope));
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }

    private static double largestDifference(List<double[]> expected, List<double[]> found) {
        double largest = 0;
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < expected.get(i).length; j++) {
                double wanted = expected.get(i)[j];
                double difference = Math.abs(wanted - found.get(i)[j]) / Math.max(1, Math.abs(wanted));
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }

    private static double drawn(Input input, Random random) {
        double value = input.least + (input.most - input.least) * random.nextDouble();
        return input.least < 0 && input.most > 0 ? Math.copySign(0.1 + 0.9 * Math.abs(value), value) : value;
    }

    /** The nearest number that the type has. */
    private static double rounded(double value, DataType type) {
        return switch (type) {
            case FLOAT16 -> Half.toFloat(Half.of((float) value));
            case FLOAT -> (float) value;
            default -> value;
        };
    }

    private List<double[]> gradients(List<double[]> values, DataType type) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = ai.djl.engine.Engine.getInstance().newGradientCollector()) {
            NDList arrays = new NDList();
            collector.backward(scalar(manager, values, arrays, true, type));
            List<double[]> gradients = new ArrayList<>();
            int next = 0;
            for (Optional<Input> input : inputs) {
                boolean learns = input.isPresent() && input.get().constant.isEmpty();
                gradients.add(learns ? HostTensors.reals(arrays.get(next++).getGradient()) : new double[0]);
            }
            return gradients;
        }
    }

    private double value(List<double[]> values) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return scalar(manager, values, new NDList(), false, DataType.DOUBLE).toDoubleArray()[0];
        }
    }

    private NDArray scalar(NDManager manager, List<double[]> values, NDList learning, boolean gradient, DataType type) {
        ai.djl.ndarray.types.DataType engine = HostTensors.type(type).orElseThrow();
        ForwardPass run = new ForwardPass(manager, manager.getDevice(), false, new BlockConstants(manager));
        List<Optional<BlockValue>> given = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).isEmpty()) {
                given.add(Optional.empty());
                names.add("");
                continue;
            }
            Input input = inputs.get(i).get();
            names.add("x" + i);
            if (input.constant.isPresent()) {
                given.add(Optional.of(BlockValue.constant(typed(input.constant.get(), type))));
            } else {
                NDArray array = manager.create(values.get(i), new Shape(input.dims.clone()));
                if (type != DataType.DOUBLE) {
                    array = array.toType(engine, false);
                }
                array.setRequiresGradient(gradient);
                learning.add(array);
                given.add(Optional.of(BlockValue.of(array)));
            }
        }
        List<String> written = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            written.add("y" + i);
        }
        int dot = opType.lastIndexOf('.');
        Node node = new Node(
                opType.substring(dot + 1), opType.substring(0, Math.max(0, dot)), "", names, written, attributes);
        Operator operator = Operators.find(node).orElseThrow().of(new NodeAttributes(node, name -> true));
        Random random = new Random(99);
        NDArray sum = manager.create(0.0);
        // As in a block: what the operator leaves is closed at the end of the pass, before the gradients are computed.
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            for (NDArray output : operator.apply(new OperatorInputs(run, given))) {
                if (output.getDataType().isFloating()) {
                    double[] weights = random.doubles(output.size(), 0.5, 1.5).toArray();
                    NDArray factor = manager.create(weights, output.getShape());
                    NDScope.unregister(factor);
                    NDArray wide = ArithmeticOperators.cast(output, ai.djl.ndarray.types.DataType.FLOAT64);
                    sum = sum.add(wide.mul(factor).sum());
                }
            }
            requireShapes(given);
            sum.attach(manager);
            NDScope.unregister(sum);
        }
        return sum;
    }

    /** An array lends its own sizes, so that an operator that writes to them changes an input of other nodes. */
    private void requireShapes(List<Optional<BlockValue>> given) {
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).isPresent()) {
                assertArrayEquals(
                        inputs.get(i).orElseThrow().dims, given.get(i).get().dims(), "the shape of input " + i);
            }
        }
    }

    /** A constant in double precision is one of the type of the case. */
    private static TensorData typed(TensorData constant, DataType type) {
        if (constant.type() != DataType.DOUBLE || type == DataType.DOUBLE) {
            return constant;
        }
        double[] values = HostTensors.reals(constant);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            if (type == DataType.FLOAT16) {
                bytes.putShort(Half.of((float) value));
            } else {
                bytes.putFloat((float) value);
            }
        }
        return TensorData.of(type, bytes.flip(), constant.dims());
    }
}
