package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.TensorData;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationPReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** The ONNX forms of activation functions. */
final class ActivationEmitters {

    private ActivationEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(ActivationIdentity.class, (function, layer) -> layer.input());
        table.put(ActivationSigmoid.class, (function, layer) -> unary(layer, "Sigmoid"));
        table.put(ActivationTanH.class, (function, layer) -> unary(layer, "Tanh"));
        table.put(ActivationSoftPlus.class, (function, layer) -> unary(layer, "Softplus"));
        table.put(ActivationSoftSign.class, (function, layer) -> unary(layer, "Softsign"));
        // Over the last axis in every layout.
        table.put(ActivationSoftmax.class, (function, layer) -> layer.op("Softmax", layer.input())
                .integer("axis", -1)
                .emit());
        table.put(ActivationELU.class, (function, layer) -> layer.op("Elu", layer.input())
                .real("alpha", function.getAlpha())
                .emit());
        table.put(ActivationSELU.class, (function, layer) -> layer.op("Selu", layer.input())
                .real("alpha", 1.6732632423543772)
                .real("gamma", 1.0507009873554805)
                .emit());
        table.put(ActivationLReLU.class, (function, layer) -> leaky(layer, function.getAlpha()));
        table.put(ActivationReLU.class, ActivationEmitters::relu);
        table.put(ActivationReLU6.class, (function, layer) -> clip(layer, layer.input(), 0, 6));
        table.put(ActivationHardTanH.class, (function, layer) -> clip(layer, layer.input(), -1, 1));
        table.put(ActivationHardSigmoid.class, (function, layer) -> layer.op("HardSigmoid", layer.input())
                .real("alpha", 0.2)
                .real("beta", 0.5)
                .emit());
        table.put(ActivationThresholdedReLU.class, (function, layer) -> layer.op("ThresholdedRelu", layer.input())
                .real("alpha", function.getTheta())
                .emit());
        table.put(ActivationRectifiedTanh.class, (function, layer) -> layer.op("Relu", unary(layer, "Tanh"))
                .emit());
        table.put(ActivationRReLU.class, ActivationEmitters::randomisedRelu);
        table.put(ActivationPReLU.class, (function, layer) -> layer.op(
                        "PRelu", layer.input(), layer.weight("alpha", function.getAlpha()))
                .emit());
        table.put(ActivationCube.class, (function, layer) -> {
            String square = layer.op("Mul", layer.input(), layer.input()).emit();
            return layer.op("Mul", square, layer.input()).emit();
        });
        table.put(ActivationSwish.class, (function, layer) -> layer.op("Mul", layer.input(), unary(layer, "Sigmoid"))
                .emit());
        table.put(ActivationMish.class, (function, layer) -> {
            String gate = layer.op("Tanh", unary(layer, "Softplus")).emit();
            return layer.op("Mul", layer.input(), gate).emit();
        });
        table.put(
                ActivationGELU.class,
                (function, layer) -> function.isPrecise() ? preciseGelu(layer) : sigmoidGelu(layer));
        table.put(ActivationRationalTanh.class, (function, layer) -> rationalTanh(layer));
    }

    private static String unary(LayerContext layer, String operator) {
        return layer.op(operator, layer.input()).emit();
    }

    private static String times(LayerContext layer, String value, double factor) {
        return layer.op("Mul", value, layer.graph().constant((float) factor)).emit();
    }

    private static String plus(LayerContext layer, String value, double summand) {
        return layer.op("Add", value, layer.graph().constant((float) summand)).emit();
    }

    private static String leaky(LayerContext layer, double slope) {
        return layer.op("LeakyRelu", layer.input()).real("alpha", slope).emit();
    }

    static String clip(LayerContext layer, String value, float least, float most) {
        return layer.op(
                        "Clip",
                        value,
                        layer.graph().constant(TensorData.scalar(least)),
                        layer.graph().constant(TensorData.scalar(most)))
                .emit();
    }

    /** Emits a ReLU with threshold t: below t the slope s is applied to x - t; at t and above x is kept, not x - t. */
    private static String relu(ActivationReLU function, LayerContext layer) {
        double threshold = function.getThreshold() == null ? 0 : function.getThreshold();
        double slope = function.getNegativeSlope() == null ? 0 : function.getNegativeSlope();
        String result;
        if (threshold != 0) {
            String limit = layer.graph().constant((float) threshold);
            String below = times(layer, layer.op("Sub", layer.input(), limit).emit(), slope);
            String isBelow = layer.op("Less", layer.input(), limit).emit();
            result = layer.op("Where", isBelow, below, layer.input()).emit();
        } else {
            result = slope == 0 ? unary(layer, "Relu") : leaky(layer, slope);
        }
        return function.getMax() == null
                ? result
                : layer.op(
                                "Min",
                                result,
                                layer.graph().constant(function.getMax().floatValue()))
                        .emit();
    }

    /** Emits a randomised ReLU. In inference DL4J uses the middle of the slope's range as a minimum, not as a slope. */
    private static String randomisedRelu(ActivationRReLU function, LayerContext layer) {
        String least = layer.graph().constant((float) ((function.getL() + function.getU()) / 2));
        return layer.op("Max", layer.input(), least).emit();
    }

    /** Emits x sigmoid(1.702 x), which is neither of ONNX's two forms. */
    private static String sigmoidGelu(LayerContext layer) {
        String gate = layer.op("Sigmoid", times(layer, layer.input(), 1.702)).emit();
        return layer.op("Mul", layer.input(), gate).emit();
    }

    /** Emits x/2 (1 + tanh(sqrt(2/pi) (x + (0.044715 x)^3))): ND4J cubes the coefficient too. */
    private static String preciseGelu(LayerContext layer) {
        String scaled = times(layer, layer.input(), 0.044715);
        String square = layer.op("Mul", scaled, scaled).emit();
        String cube = layer.op("Mul", square, scaled).emit();
        String inner = times(layer, layer.op("Add", layer.input(), cube).emit(), Math.sqrt(2 / Math.PI));
        String gate = plus(layer, layer.op("Tanh", inner).emit(), 1);
        return layer.op("Mul", times(layer, layer.input(), 0.5), gate).emit();
    }

    /** Emits 1.7159 sgn(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4)) with y = 2x/3. */
    private static String rationalTanh(LayerContext layer) {
        String y = times(layer, layer.input(), 2.0 / 3);
        String square = layer.op("Mul", y, y).emit();
        String fourth = times(layer, layer.op("Mul", square, square).emit(), 1.41645);
        String absolute = plus(layer, layer.op("Abs", y).emit(), 1);
        String denominator = layer.op("Add", layer.op("Add", absolute, square).emit(), fourth)
                .emit();
        String share = layer.op("Reciprocal", denominator).emit();
        String size = layer.op("Sub", layer.graph().constant(1f), share).emit();
        return times(layer, layer.op("Mul", layer.op("Sign", y).emit(), size).emit(), 1.7159);
    }
}
