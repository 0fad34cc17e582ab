package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import dev.jzoo.export.dl4j.keras.reference.ReferenceModel.ReferenceLayer;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Activation functions, and the layers that consist only of one. */
final class ReferenceActivations {

    private ReferenceActivations() {}

    static void addTo(Map<String, ReferenceLayer> layers) {
        layers.put("Activation", c -> apply(c.settings().text("activation", "linear"), c.input()));
        layers.put("LeakyReLU", c -> {
            double alpha = c.settings().real("alpha", 0.3);
            return each(c.input(), x -> x >= 0 ? x : alpha * x);
        });
        layers.put("ELU", c -> {
            double alpha = c.settings().real("alpha", 1);
            return each(c.input(), x -> x >= 0 ? x : alpha * Math.expm1(x));
        });
        layers.put("ThresholdedReLU", c -> {
            float theta = (float) c.settings().real("theta", 1);
            return each(c.input(), x -> x > theta ? x : 0);
        });
        layers.put("ReLU", ReferenceActivations::relu);
        layers.put("Softmax", ReferenceActivations::softmaxOfAxis);
        layers.put("PReLU", ReferenceActivations::prelu);
    }

    private static ReferenceValue relu(LayerComputation c) {
        LayerSettings settings = c.settings();
        double slope = settings.real("negative_slope", 0);
        double threshold = settings.real("threshold", 0);
        double most = settings.real("max_value", Double.POSITIVE_INFINITY);
        return each(c.input(), x -> x >= most ? most : x >= threshold ? x : slope * (x - threshold));
    }

    private static ReferenceValue softmaxOfAxis(LayerComputation c) {
        ReferenceValue input = c.input();
        int last = input.rank() - 1;
        int axis = LayerComputation.axis(c.settings().integer("axis", -1), input.rank());
        int[] swapped = new int[input.rank()];
        for (int i = 0; i <= last; i++) {
            swapped[i] = i == axis ? last : i == last ? axis : i;
        }
        return softmax(input.transposed(swapped)).transposed(swapped).withMask(input.mask());
    }

    private static ReferenceValue prelu(LayerComputation c) {
        ReferenceValue input = c.input();
        int[] dims = new int[input.rank() - 1];
        System.arraycopy(input.dims(), 1, dims, 0, dims.length);
        for (int axis : c.settings().integers("shared_axes", 0, 0)) {
            dims[axis - 1] = 1;
        }
        float[] alpha = c.weight("alpha", dims);
        float[] result = new float[input.data().length];
        int[] index = new int[input.rank()];
        for (int i = 0; i < result.length; i++) {
            int at = 0;
            for (int axis = 0; axis < dims.length; axis++) {
                at = at * dims[axis] + (dims[axis] == 1 ? 0 : index[axis + 1]);
            }
            double x = input.data()[i];
            result[i] = (float) (x >= 0 ? x : alpha[at] * x);
            for (int axis = index.length - 1; axis >= 0 && ++index[axis] == input.dims()[axis]; axis--) {
                index[axis] = 0;
            }
        }
        return new ReferenceValue(result, input.dims(), input.mask());
    }

    /** Applies a function by Keras's name, and keeps the mask of its input. */
    static ReferenceValue apply(String name, ReferenceValue input) {
        return name.equals("softmax") ? softmax(input).withMask(input.mask()) : each(input, function(name));
    }

    private static ReferenceValue each(ReferenceValue input, DoubleUnaryOperator function) {
        float[] result = new float[input.data().length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) function.applyAsDouble(input.data()[i]);
        }
        return new ReferenceValue(result, input.dims(), input.mask());
    }

    private static ReferenceValue softmax(ReferenceValue input) {
        int size = input.last();
        float[] result = new float[input.data().length];
        for (int row = 0; row < result.length; row += size) {
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                most = Math.max(most, input.data()[row + i]);
            }
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.exp(input.data()[row + i] - most);
            }
            for (int i = 0; i < size; i++) {
                result[row + i] = (float) (Math.exp(input.data()[row + i] - most) / sum);
            }
        }
        return ReferenceValue.of(result, input.dims());
    }

    static DoubleUnaryOperator function(String name) {
        return switch (name) {
            case "linear" -> x -> x;
            case "relu" -> x -> Math.max(x, 0);
            case "relu6" -> x -> Math.min(Math.max(x, 0), 6);
            case "sigmoid" -> ReferenceActivations::sigmoid;
            case "tanh" -> Math::tanh;
            case "softplus" -> ReferenceActivations::softplus;
            case "softsign" -> x -> x / (1 + Math.abs(x));
            case "elu" -> x -> x >= 0 ? x : Math.expm1(x);
            case "selu" -> x -> 1.0507009873554805 * (x >= 0 ? x : 1.6732632423543772 * Math.expm1(x));
            case "exponential" -> Math::exp;
            case "hard_sigmoid" -> x -> Math.min(Math.max(0.2 * x + 0.5, 0), 1);
            case "swish", "silu" -> x -> x * sigmoid(x);
            case "gelu" -> x -> 0.5 * x * (1 + erf(x / Math.sqrt(2)));
            case "mish" -> x -> x * Math.tanh(softplus(x));
            default ->
                throw new IllegalStateException(
                        "The rules accept the activation " + name + ", but the reference has no computation for it.");
        };
    }

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /**
     * Returns 2 / sqrt(pi) exp(-x x) times the sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n + 1)), whose terms all have the
     * same sign.
     */
    static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
