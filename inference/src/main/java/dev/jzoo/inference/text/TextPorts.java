package dev.jzoo.inference.text;

import dev.jzoo.inference.ElementType;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.error.JZooException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ports of a text generator's graph.
 *
 * @param ids the input of character numbers, int64 [batch, time]
 * @param probabilities the output of the next character's probabilities, float [batch, time, characters]
 * @param states for each input of a state, float [layers, batch, units], the output with its next value; empty for a graph
 *     that reads a window
 * @param window number of characters that a graph without states reads, exactly; 0 for a graph with states
 */
record TextPorts(Port ids, Port probabilities, Map<Port, Port> states, int window) {

    private static final String IN = "_in";
    private static final String OUT = "_out";

    /** Returns the ports of a model. Fails with BAD_INPUT if it has no such ports. */
    static TextPorts of(OnnxModel model) {
        List<Port> inputs = new ArrayList<>(model.inputs());
        List<Port> outputs = new ArrayList<>(model.outputs());
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw noGenerator(model);
        }
        Port ids = inputs.remove(0);
        Port probabilities = outputs.remove(0);
        boolean predicts = ids.type() == ElementType.INT64
                && ids.shape().size() == 2
                && ids.shape().get(0).accepts(1)
                && probabilities.type() == ElementType.FLOAT
                && probabilities.shape().size() == 3;
        Map<Port, Port> states = new LinkedHashMap<>();
        for (Port input : inputs) {
            outputs.stream()
                    .filter(output -> isState(input, output))
                    .findFirst()
                    .ifPresent(out -> states.put(input, out));
        }
        int window = predicts ? Math.max(0, ids.size(1)) : 0;
        boolean steps = !states.isEmpty() && window == 0;
        boolean windows = inputs.isEmpty() && window > 0;
        if (!predicts || states.size() != inputs.size() || !(steps || windows)) {
            throw noGenerator(model);
        }
        return new TextPorts(ids, probabilities, states, window);
    }

    private static boolean isState(Port input, Port output) {
        return input.name().endsWith(IN)
                && output.name().equals(input.name().substring(0, input.name().length() - IN.length()) + OUT)
                && input.type() == ElementType.FLOAT
                && output.type() == ElementType.FLOAT
                && input.shape().size() == 3
                && input.size(0) > 0
                && input.shape().get(1).accepts(1)
                && input.size(2) > 0;
    }

    /** Returns the states before the first character: zeros. */
    Map<String, Tensor> zeros() {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        for (Port state : states.keySet()) {
            int layers = state.size(0);
            int units = state.size(2);
            zeros.put(state.name(), Tensor.of(new float[Math.multiplyExact(layers, units)], layers, 1, units));
        }
        return zeros;
    }

    /** Returns the states after a call. */
    Map<String, Tensor> left(Map<String, Tensor> results) {
        Map<String, Tensor> left = new LinkedHashMap<>();
        states.forEach((input, output) -> left.put(input.name(), results.get(output.name())));
        return left;
    }

    private static JZooException noGenerator(OnnxModel model) {
        return new JZooException(
                JZooException.Code.BAD_INPUT,
                model.name()
                        + " is not a text generator: expected an input int64 [batch, time] and an output float"
                        + " [batch, time,"
                        + " characters], with either a fixed number of characters on the time axis or states, float"
                        + " [layers, batch, units]. Inputs of states are named NAME_in and outputs NAME_out. Found "
                        + model.inputs() + " -> " + model.outputs() + ".",
                "Run it with tensors, with OnnxModel.");
    }
}
