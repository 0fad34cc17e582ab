package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToLongFunction;

/** The implementations of {@link InputValues}. */
final class DrawnValues {

    /** Normal deviates for real numbers, 0 and 1 for whole numbers, any byte for pixels. */
    static final InputValues UNKNOWN = new Undeclared();

    private DrawnValues() {}

    private record Undeclared() implements InputValues {
        @Override
        public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
            return drawn(
                    input,
                    sizes,
                    input.type() == DataType.UINT8
                            ? () -> random.nextInt(256)
                            : input.type().isFloating() ? random::nextGaussian : () -> random.nextInt(2));
        }

        @Override
        public String toString() {
            return "normal deviates";
        }
    }

    /** Numbers of a range; whole numbers if the input's type is an integer. */
    record RealRange(double lowest, double highest) implements InputValues {

        RealRange {
            if (!Double.isFinite(lowest) || !Double.isFinite(highest) || lowest > highest) {
                throw new IllegalArgumentException(
                        "Expected a range whose ends are finite and in ascending order, found " + lowest + " to "
                                + highest + ".");
            }
        }

        @Override
        public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
            if (input.type().isFloating()) {
                return drawn(input, sizes, () -> lowest + (highest - lowest) * random.nextDouble());
            }
            long first = (long) Math.ceil(lowest);
            long last = (long) Math.floor(highest);
            if (first > last) {
                throw new IllegalArgumentException(
                        "Input '" + input.name() + "' takes whole numbers, but the range " + this + " contains none.");
            }
            return new WholeRange(first, last).draw(input, sizes, random);
        }

        @Override
        public String toString() {
            return number(lowest) + " to " + number(highest);
        }

        private static String number(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /** Whole numbers of a range, also for an input of real numbers. */
    record WholeRange(long lowest, long highest) implements InputValues {

        WholeRange {
            if (lowest > highest) {
                throw new IllegalArgumentException(
                        "Expected a range whose ends are finite and in ascending order, found " + lowest + " to "
                                + highest + ".");
            }
        }

        /** Draws the numbers of a short range equally often, so that no row of a small table is left out. */
        @Override
        public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
            long[] shape = input.shape().stream().mapToLong(sizes).toArray();
            int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
            double count = (double) highest - lowest + 1;
            double[] numbers = new double[size];
            for (int i = 0; i < size; i++) {
                double number = count > size ? Math.floor(random.nextDouble() * count) : i % (long) count;
                int place = random.nextInt(i + 1);
                numbers[i] = numbers[place];
                numbers[place] = lowest + number;
            }
            return filled(input, shape, i -> numbers[i]);
        }

        @Override
        public String toString() {
            return lowest + " to " + highest;
        }
    }

    /** The values of an example tensor. */
    record Example(Tensor tensor) implements InputValues {

        @Override
        public Tensor draw(ValueInfo input, ToLongFunction<Dimension> sizes, Random random) {
            long[] given = tensor.shape();
            long[] wanted = input.shape().stream().mapToLong(sizes).toArray();
            boolean fits = given.length == wanted.length && tensor.size() > 0;
            for (int axis = 0; fits && axis < given.length; axis++) {
                fits = given[axis] == wanted[axis] || !(input.shape().get(axis) instanceof Dimension.FixedDimension);
            }
            if (!fits) {
                throw new IllegalArgumentException("The example for input '" + input.name() + "' has the shape "
                        + Arrays.toString(given) + ", but the input has " + Dimension.format(input.shape()) + ".");
            }
            double[] values = tensor.numbers();
            // Each draw starts at another row of the example.
            long row = random.nextInt(Math.toIntExact(Math.max(1, given.length == 0 ? 1 : given[0])));
            return filled(input, wanted, i -> values[source(i, wanted, given, row)]);
        }

        /** Returns the index in the given tensor of the value for an index in the wanted tensor. */
        private static int source(int place, long[] wanted, long[] given, long row) {
            long rest = place;
            long stride = 1;
            long source = 0;
            for (int axis = wanted.length - 1; axis >= 0; axis--) {
                long at = rest % wanted[axis] + (axis == 0 ? row : 0);
                source += at % given[axis] * stride;
                stride *= given[axis];
                rest /= wanted[axis];
            }
            return Math.toIntExact(source);
        }

        @Override
        public String toString() {
            return "the example " + tensor;
        }
    }

    private static Tensor drawn(ValueInfo input, ToLongFunction<Dimension> sizes, DoubleSupplier draw) {
        return filled(input, input.shape().stream().mapToLong(sizes).toArray(), i -> draw.getAsDouble());
    }

    /** Returns a tensor of the input's type. The function is called for its values in order. */
    static Tensor filled(ValueInfo input, long[] shape, IntToDoubleFunction values) {
        int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        double[] numbers = new double[size];
        Arrays.setAll(numbers, values);
        return switch (input.type()) {
            case FLOAT, FLOAT16, BFLOAT16 -> Tensor.of(floats(numbers), shape);
            case DOUBLE -> Tensor.ofDoubles(numbers, shape);
            case INT64 ->
                Tensor.ofLongs(
                        Arrays.stream(numbers).mapToLong(value -> (long) value).toArray(), shape);
            case INT32 ->
                Tensor.ofInts(
                        Arrays.stream(numbers).mapToInt(value -> (int) value).toArray(), shape);
            case UINT8 -> Tensor.ofBytes(bytes(numbers), shape);
            case INT8 -> Tensor.ofSignedBytes(bytes(numbers), shape);
            case BOOL -> {
                boolean[] flags = new boolean[size];
                for (int i = 0; i < size; i++) {
                    flags[i] = numbers[i] != 0;
                }
                yield Tensor.ofBooleans(flags, shape);
            }
            default ->
                throw new IllegalArgumentException("Cannot draw values for input '" + input.name()
                        + "': values of type " + input.type() + " are not supported.");
        };
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static byte[] bytes(double[] numbers) {
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) numbers[i];
        }
        return bytes;
    }
}
