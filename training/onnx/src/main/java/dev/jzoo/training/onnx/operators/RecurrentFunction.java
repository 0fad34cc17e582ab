package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import dev.jzoo.onnx.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An activation function of a recurrent node.
 *
 * @param name name in ONNX
 * @param alpha its first attribute
 * @param beta its second attribute
 */
record RecurrentFunction(String name, double alpha, double beta) {

    /** Defaults of the functions that have attributes. */
    private static final Map<String, double[]> STANDARD = Map.of(
            "Affine", new double[] {1, 0},
            "Elu", new double[] {1},
            "HardSigmoid", new double[] {0.2, 0.5},
            "LeakyRelu", new double[] {0.01},
            "ScaledTanh", new double[] {1, 1},
            "ThresholdedRelu", new double[] {1});

    /**
     * Returns the functions of a node. Its lists of attributes have a value for each function with such an attribute.
     * The lists of an RNN have one for each direction, used or not, if they are that long.
     */
    static List<RecurrentFunction> of(NodeAttributes settings, List<String> names, boolean everyOne) {
        List<Float> alphas = list(settings, "activation_alpha");
        List<Float> betas = list(settings, "activation_beta");
        List<RecurrentFunction> functions = new ArrayList<>();
        int alpha = 0;
        int beta = 0;
        for (String name : names) {
            double[] standard = STANDARD.getOrDefault(name, new double[0]);
            boolean all = everyOne && alphas.size() == names.size();
            double first = setting(alphas, alpha, standard, 0);
            double second = setting(betas, beta, standard, 1);
            functions.add(new RecurrentFunction(name, first, second));
            alpha += all || standard.length > 0 ? 1 : 0;
            beta += all || standard.length > 1 ? 1 : 0;
        }
        return functions;
    }

    private static List<Float> list(NodeAttributes settings, String name) {
        return settings.node().attributes().get(name) instanceof Attribute.Reals given ? given.values() : List.of();
    }

    private static double setting(List<Float> given, int place, double[] standard, int which) {
        if (standard.length <= which) {
            return 0;
        }
        return place < given.size() ? Double.parseDouble(given.get(place).toString()) : standard[which];
    }

    RecurrentFunction {
        if (!List.of("Relu", "Sigmoid", "Softplus", "Softsign", "Tanh").contains(name) && !STANDARD.containsKey(name)) {
            throw new UnsupportedOperationException("the activation " + name + " is not supported");
        }
    }

    NDArray apply(ForwardPass run, NDArray x) {
        return switch (name) {
            case "Affine" -> x.mul(run.scalar(alpha, x)).add(run.scalar(beta, x));
            case "Elu" -> x.getNDArrayInternal().elu((float) alpha);
            case "HardSigmoid" ->
                x.mul(run.scalar(alpha, x)).add(run.scalar(beta, x)).clip(0, 1);
            case "LeakyRelu" -> x.getNDArrayInternal().leakyRelu((float) alpha);
            case "Relu" -> x.getNDArrayInternal().relu();
            case "ScaledTanh" -> x.mul(run.scalar(beta, x)).tanh().mul(run.scalar(alpha, x));
            case "Sigmoid" -> x.getNDArrayInternal().sigmoid();
            case "Softplus" -> x.getNDArrayInternal().softPlus();
            case "Softsign" -> x.getNDArrayInternal().softSign();
            case "ThresholdedRelu" -> x.mul(x.gt(run.scalar(alpha, x)).toType(x.getDataType(), false));
            default -> x.tanh();
        };
    }
}
