package dev.jzoo.scratch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Values and gradients of DJL's PyTorch, all in double precision. */
final class Djl {

    private Djl() {}

    /**
     * Returns the value of a function of arrays, and the gradients of sum(r y) with respect to each.
     *
     * @param r dL/dy
     */
    static List<Array> valueAndGradients(Function<List<NDArray>, NDArray> function, List<Array> at, Array r) {
        try (NDManager manager = NDManager.newBaseManager()) {
            List<NDArray> arrays = new ArrayList<>();
            for (Array array : at) {
                NDArray copy = of(manager, array);
                copy.setRequiresGradient(true);
                arrays.add(copy);
            }
            List<Array> result = new ArrayList<>();
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray y = function.apply(arrays);
                collector.backward(y.mul(of(manager, r)).sum());
                result.add(of(y));
                for (NDArray array : arrays) {
                    result.add(of(array.getGradient()));
                }
            }
            return result;
        }
    }

    static NDArray of(NDManager manager, Array array) {
        long[] shape = new long[array.rank()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = array.size(axis);
        }
        return manager.create(array.values(), new Shape(shape));
    }

    static Array of(NDArray array) {
        int[] shape = new int[array.getShape().dimension()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = (int) array.getShape().get(axis);
        }
        return Array.of(array.toDoubleArray(), shape);
    }

    /** Returns the largest difference, relative to the largest expected value, if that is above 1. */
    static double difference(Array expected, Array actual) {
        double difference = 0;
        double largest = 1;
        double[] values = expected.values();
        if (values.length != actual.count()) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < values.length; i++) {
            double distance = Math.abs(values[i] - actual.values()[i]);
            difference = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(difference, distance);
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return difference / largest;
    }
}
