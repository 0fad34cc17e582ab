package dev.jzoo.export.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What prepares the input of one layer, step by step.
 *
 * @param path of the layer
 * @param source value that the first step reads
 * @param steps empty where the layer has no preprocessor
 */
record PreProcessors(String path, String source, List<InputPreProcessor> steps) {

    /** From a configuration, which has null where there is none. */
    static PreProcessors of(String path, String source, InputPreProcessor configured) {
        List<InputPreProcessor> steps = new ArrayList<>();
        flatten(configured, steps);
        return new PreProcessors(path, source, steps);
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

    /** The value that the layer reads. */
    String result() {
        return value(steps.size());
    }

    private String value(int done) {
        return done == 0 ? source : path + " prepared " + done;
    }

    List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            parts.add(new Part(path, steps.get(i), Map.of(), List.of(value(i)), value(i + 1)));
        }
        return parts;
    }

    /** Runs the steps on what the source holds, and notes each result. Returns the last, as a copy. */
    INDArray run(INDArray activation, int batch, Map<String, INDArray> results) {
        INDArray value = activation.dup();
        for (int i = 0; i < steps.size(); i++) {
            value = steps.get(i).preProcess(value, batch, LayerWorkspaceMgr.noWorkspaces());
            results.put(value(i + 1), value.dup());
        }
        return value;
    }

    /** As {@link #run}, of shapes alone. */
    void shapes(INDArray activation, int batch, Map<String, long[]> shapes) {
        if (steps.isEmpty()) {
            return;
        }
        Map<String, INDArray> results = new HashMap<>();
        run(activation, batch, results);
        results.forEach((name, result) -> shapes.put(name, result.shape()));
    }
}
