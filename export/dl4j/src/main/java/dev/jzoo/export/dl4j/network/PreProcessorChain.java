package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;

/**
 * The preprocessors of one layer's input, step by step.
 *
 * @param path path of the layer
 * @param source value that the first step reads
 * @param steps empty if the layer has no preprocessor
 */
record PreProcessorChain(String path, String source, List<InputPreProcessor> steps) {

    /** Creates the chain from a configuration, which is null if there is none. */
    static PreProcessorChain of(String path, String source, InputPreProcessor configured) {
        List<InputPreProcessor> steps = new ArrayList<>();
        flatten(configured, steps);
        return new PreProcessorChain(path, source, steps);
    }

    private static void flatten(InputPreProcessor configured, List<InputPreProcessor> steps) {
        if (configured instanceof ComposableInputPreProcessor chain) {
            for (InputPreProcessor step : chain.getInputPreProcessors()) {
                flatten(step, steps);
            }
        } else if (configured != null) {
            steps.add(configured);
        }
    }

    /** Returns the value that the layer reads. */
    String result() {
        return value(steps.size());
    }

    private String value(int done) {
        return done == 0 ? source : path + " prepared " + done;
    }

    List<NetworkPart> parts() {
        List<NetworkPart> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            parts.add(new NetworkPart(path, steps.get(i), Map.of(), List.of(value(i)), value(i + 1)));
        }
        return parts;
    }
}
