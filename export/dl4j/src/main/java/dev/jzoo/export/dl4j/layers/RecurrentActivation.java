package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.GraphBuilder.NodeBuilder;
import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * An activation function inside a recurrent node; ONNX supports only some, by name.
 *
 * @param name name in ONNX
 * @param settings alpha and beta if it has them; functions without settings do not count in a node's lists of settings
 */
record RecurrentActivation(String name, List<Float> settings) {

    static RecurrentActivation of(LayerContext layer, IActivation function) {
        if (function instanceof ActivationTanH) {
            return new RecurrentActivation("Tanh", List.of());
        } else if (function instanceof ActivationSigmoid) {
            return new RecurrentActivation("Sigmoid", List.of());
        } else if (function instanceof ActivationHardSigmoid) {
            return new RecurrentActivation("HardSigmoid", List.of(0.2f, 0.5f));
        } else if (function instanceof ActivationReLU relu
                && relu.getMax() == null
                && relu.getThreshold() == null
                && relu.getNegativeSlope() == null) {
            return new RecurrentActivation("Relu", List.of());
        } else if (function instanceof ActivationLReLU leaky) {
            return new RecurrentActivation("LeakyRelu", List.of((float) leaky.getAlpha()));
        } else if (function instanceof ActivationELU elu) {
            return new RecurrentActivation("Elu", List.of((float) elu.getAlpha()));
        } else if (function instanceof ActivationSoftSign) {
            return new RecurrentActivation("Softsign", List.of());
        } else if (function instanceof ActivationSoftPlus) {
            return new RecurrentActivation("Softplus", List.of());
        } else if (function instanceof ActivationIdentity) {
            return new RecurrentActivation("Affine", List.of(1f, 0f));
        }
        throw layer.unsupported(
                "the activation " + function + " in a recurrent layer, which ONNX's recurrent operators lack");
    }

    /**
     * Sets the functions of a node: gates, candidate and output of an LSTM, one set for each direction. The lists of an
     * LSTM or a GRU contain only functions with settings. The lists of an RNN have a value for each direction, used or
     * not. ONNX Runtime reads them by the direction's number, even beyond the end of a shorter list; up to 1.28 this
     * crashes the process.
     */
    static NodeBuilder set(NodeBuilder node, String operator, List<RecurrentActivation> functions) {
        boolean one = operator.equals("RNN");
        node.attribute(
                "activations",
                new Attribute.TextList(
                        functions.stream().map(RecurrentActivation::name).toList()));
        settings(node, "activation_alpha", functions, 0, one);
        settings(node, "activation_beta", functions, 1, one);
        return node;
    }

    /**
     * Sets a list that has values. An empty list is left out, because ONNX's checker considers it a list without a
     * type.
     */
    private static void settings(
            NodeBuilder node, String attribute, List<RecurrentActivation> functions, int which, boolean all) {
        List<Float> values = functions.stream()
                .map(RecurrentActivation::settings)
                .filter(settings -> all || settings.size() > which)
                .map(settings -> settings.size() > which ? settings.get(which) : 0f)
                .toList();
        if (!values.isEmpty()) {
            node.attribute(attribute, new Attribute.Reals(values));
        }
    }
}
