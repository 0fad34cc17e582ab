package dev.jzoo.training;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.zoo.card.Dimension;

/**
 * A network that a {@link Trainer} has trained. Holds native memory until it is closed. Not safe for use by several
 * threads at once.
 */
public final class FittedNetwork implements AutoCloseable {

    private static final String PROBABILITIES = "probabilities";

    private final ArrayInputs form;
    private final Learner learner;
    private final Objective objective;
    private final History history;

    FittedNetwork(ArrayInputs form, Learner learner, Objective objective, History history) {
        this.form = form;
        this.learner = learner;
        this.objective = objective;
        this.history = history;
    }

    /** Returns the epochs of its training. */
    public History history() {
        return history;
    }

    /** Predicts for one example: the probability of each class, or numbers. */
    public float[] predict(float[] input) {
        return predictAll(new float[][] {input})[0];
    }

    /** Predicts for several examples, one per row. */
    public float[][] predictAll(float[][] inputs) {
        if (inputs.length == 0) {
            return new float[0][];
        }
        Examples asked = Examples.classes(form.values(inputs), new int[inputs.length], form.shape());
        float[] outputs = learner.predict(asked);
        int width = outputs.length / inputs.length;
        float[][] rows = new float[inputs.length][width];
        for (int i = 0; i < inputs.length; i++) {
            System.arraycopy(outputs, i * width, rows[i], 0, width);
            if (endsInLogits()) {
                Softmax.rowsInPlace(rows[i], width);
            }
        }
        return rows;
    }

    private boolean endsInLogits() {
        return objective instanceof Objective.CrossEntropy && form.engine().classOutput() == Engine.ClassOutput.LOGITS;
    }

    /**
     * Returns an exporter of the network to ONNX, from {@code input}, as the network was described, to {@code
     * probabilities} or {@code output}. Use it before you close the network.
     */
    public OnnxExporter exporter() {
        OnnxExporter exporter = OnnxExporter.of(learner.network());
        if (form.isTimeFirst()) {
            exporter.input("sequence", DataType.FLOAT, Dimension.batchOf(form.shape()))
                    .before(form);
        } else {
            exporter.input("input", DataType.FLOAT, Dimension.batchOf(form.shape()));
        }
        if (endsInLogits()) {
            return exporter.after(Postprocessing.softmax(PROBABILITIES));
        }
        return exporter.outputs(objective instanceof Objective.CrossEntropy ? PROBABILITIES : "output");
    }

    @Override
    public void close() {
        learner.close();
    }
}
