package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** Dense, Embedding, Masking, normalisation, merging, and layers that act in training only. */
final class ReferenceDense {

    private ReferenceDense() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        layers.put("Dense", ReferenceDense::dense);
        layers.put("Embedding", ReferenceDense::embedding);
        layers.put("Masking", ReferenceDense::masking);
        layers.put("BatchNormalization", ReferenceDense::batchNormalization);
        layers.put("LayerNormalization", ReferenceDense::layerNormalization);
        for (String identity : List.of(
                "Dropout",
                "SpatialDropout1D",
                "SpatialDropout2D",
                "SpatialDropout3D",
                "GaussianNoise",
                "GaussianDropout",
                "AlphaDropout",
                "ActivityRegularization")) {
            layers.put(identity, LayerComputation::input);
        }
        layers.put("Add", c -> merged(c, Double::sum));
        layers.put("Subtract", c -> merged(c, (a, b) -> a - b));
        layers.put("Multiply", c -> merged(c, (a, b) -> a * b));
        layers.put("Maximum", c -> merged(c, Math::max));
        layers.put("Minimum", c -> merged(c, Math::min));
        layers.put("Average", ReferenceDense::average);
        layers.put("Concatenate", ReferenceDense::concatenation);
    }

    /** Computes y[..., o] = activation(sum over i of x[..., i] kernel[i, o] + bias[o]). */
    private static ReferenceValue dense(LayerComputation c) {
        LayerSettings settings = c.settings();
        ReferenceValue x = c.input();
        int units = settings.integer("units", 0);
        settings.flag("use_bias", true);
        float[] kernel = c.weight("kernel", x.last(), units);
        float[] bias = c.weightOr(0, "bias", units);
        float[] y = new float[Math.multiplyExact(x.rows(), units)];
        double[] sums = new double[units];
        for (int row = 0; row < x.rows(); row++) {
            for (int o = 0; o < units; o++) {
                sums[o] = bias[o];
            }
            for (int i = 0; i < x.last(); i++) {
                double value = x.data()[row * x.last() + i];
                for (int o = 0; o < units; o++) {
                    sums[o] += value * kernel[i * units + o];
                }
            }
            for (int o = 0; o < units; o++) {
                y[row * units + o] = (float) sums[o];
            }
        }
        int[] dims = ReferenceModel.with(x.dims(), x.rank() - 1, units);
        return ReferenceActivations.apply(settings.text("activation", "linear"), new ReferenceValue(y, dims, x.mask()));
    }

    private static ReferenceValue embedding(LayerComputation c) {
        int words = c.settings().integer("input_dim", 0);
        int size = c.settings().integer("output_dim", 0);
        float[] table = c.weight("embeddings", words, size);
        float[] ids = c.input().data();
        float[] y = new float[Math.multiplyExact(ids.length, size)];
        boolean[] mask = new boolean[c.settings().flag("mask_zero", false) ? ids.length : 0];
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, ((int) ids[i]) * size, y, i * size, size);
            if (mask.length > 0) {
                mask[i] = (int) ids[i] != 0;
            }
        }
        int[] dims = Arrays.copyOf(c.input().dims(), c.input().rank() + 1);
        dims[dims.length - 1] = size;
        return new ReferenceValue(y, dims, mask);
    }

    /** Computes a mask: a step is masked if all its features have the value, and becomes 0. */
    private static ReferenceValue masking(LayerComputation c) {
        ReferenceValue x = c.input();
        float masked = (float) c.settings().real("mask_value", 0);
        boolean[] mask = new boolean[x.rows()];
        float[] y = new float[x.data().length];
        for (int row = 0; row < mask.length; row++) {
            for (int i = 0; i < x.last(); i++) {
                mask[row] |= x.data()[row * x.last() + i] != masked;
            }
            if (mask[row]) {
                System.arraycopy(x.data(), row * x.last(), y, row * x.last(), x.last());
            }
        }
        return new ReferenceValue(y, x.dims(), mask);
    }

    /**
     * Computes y = gamma (x - mean) / sqrt(variance + epsilon) + beta, with the parameters for the element's position
     * on one axis.
     */
    private static ReferenceValue batchNormalization(LayerComputation c) {
        ReferenceValue x = c.input();
        int axis = LayerComputation.axis(c.settings().integers("axis", 1, -1)[0], x.rank());
        double epsilon = c.settings().real("epsilon", 1e-3);
        c.settings().flag("center", true);
        c.settings().flag("scale", true);
        int size = x.dims()[axis];
        float[] gamma = c.weightOr(1, "gamma", size);
        float[] beta = c.weightOr(0, "beta", size);
        float[] mean = c.weight("moving_mean", size);
        float[] variance = c.weight("moving_variance", size);
        int inner = 1;
        for (int i = axis + 1; i < x.rank(); i++) {
            inner *= x.dims()[i];
        }
        float[] y = new float[x.data().length];
        for (int i = 0; i < y.length; i++) {
            int k = i / inner % size;
            y[i] = (float) (gamma[k] * ((double) x.data()[i] - mean[k]) / Math.sqrt(variance[k] + epsilon) + beta[k]);
        }
        return new ReferenceValue(y, x.dims(), x.mask());
    }

    /** Computes the same as batch normalisation, with the mean and variance of each row over the last axes. */
    private static ReferenceValue layerNormalization(LayerComputation c) {
        ReferenceValue x = c.input();
        int axes = c.settings().integers("axis", 1, -1).length;
        double epsilon = c.settings().real("epsilon", 1e-3);
        c.settings().flag("center", true);
        c.settings().flag("scale", true);
        int[] shape = Arrays.copyOfRange(x.dims(), x.rank() - axes, x.rank());
        int size = ReferenceValue.size(shape);
        float[] gamma = c.layer().has("gamma") ? c.weight("gamma", shape) : c.weightOr(1, "gamma", size);
        float[] beta = c.layer().has("beta") ? c.weight("beta", shape) : c.weightOr(0, "beta", size);
        float[] y = new float[x.data().length];
        for (int row = 0; row < y.length; row += size) {
            double mean = 0;
            for (int i = 0; i < size; i++) {
                mean += x.data()[row + i] / (double) size;
            }
            double variance = 0;
            for (int i = 0; i < size; i++) {
                variance += (x.data()[row + i] - mean) * (x.data()[row + i] - mean) / size;
            }
            for (int i = 0; i < size; i++) {
                y[row + i] = (float) (gamma[i] * (x.data()[row + i] - mean) / Math.sqrt(variance + epsilon) + beta[i]);
            }
        }
        return new ReferenceValue(y, x.dims(), x.mask());
    }

    /** Merges from left to right; an axis of size 1 is repeated. All inputs must have the same mask, or none. */
    private static ReferenceValue merged(LayerComputation c, DoubleBinaryOperator operator) {
        ReferenceValue result = c.inputs().get(0);
        for (ReferenceValue next : c.inputs().subList(1, c.inputs().size())) {
            result = merged(result, next, operator);
        }
        return result.withMask(c.input().mask());
    }

    private static ReferenceValue merged(ReferenceValue a, ReferenceValue b, DoubleBinaryOperator operator) {
        int[] dims = new int[a.rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Math.max(a.dims()[axis], b.dims()[axis]);
            ReferenceValue.require(
                    Math.min(a.dims()[axis], b.dims()[axis]) == 1 || a.dims()[axis] == b.dims()[axis], a, b);
        }
        float[] y = new float[ReferenceValue.size(dims)];
        int[] index = new int[dims.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) operator.applyAsDouble(a.data()[place(index, a.dims())], b.data()[place(index, b.dims())]);
            for (int axis = dims.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return ReferenceValue.of(y, dims);
    }

    private static int place(int[] index, int[] dims) {
        int at = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            at = at * dims[axis] + (dims[axis] == 1 ? 0 : index[axis]);
        }
        return at;
    }

    private static ReferenceValue average(LayerComputation c) {
        ReferenceValue sum = merged(c, Double::sum);
        float[] y = new float[sum.data().length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) ((double) sum.data()[i] / c.inputs().size());
        }
        return new ReferenceValue(y, sum.dims(), sum.mask());
    }

    private static ReferenceValue concatenation(LayerComputation c) {
        List<ReferenceValue> inputs = c.inputs();
        ReferenceValue first = inputs.get(0);
        int axis = LayerComputation.axis(c.settings().integer("axis", -1), first.rank());
        int total = ReferenceModel.each(inputs, input -> input.dims()[axis]).stream()
                .mapToInt(Integer::intValue)
                .sum();
        int[] dims = ReferenceModel.with(first.dims(), axis, total);
        int outer = ReferenceValue.size(Arrays.copyOf(dims, axis));
        float[] y = new float[ReferenceValue.size(dims)];
        int begin = 0;
        for (ReferenceValue input : inputs) {
            ReferenceValue.require(Arrays.equals(ReferenceModel.with(input.dims(), axis, total), dims), first, input);
            int block = input.data().length / outer;
            for (int row = 0; row < outer; row++) {
                System.arraycopy(input.data(), row * block, y, row * (y.length / outer) + begin, block);
            }
            begin += block;
        }
        return new ReferenceValue(y, dims, first.mask());
    }
}
