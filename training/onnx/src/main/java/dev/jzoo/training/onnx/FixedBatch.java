package dev.jzoo.training.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.onnx.operators.ForwardPass;
import dev.jzoo.training.onnx.operators.HostTensors;
import dev.jzoo.zoo.card.Dimension;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The batch that a file was written for, if its inputs have a fixed one.
 *
 * @param inputs inputs of the graph
 * @param outputs outputs of the graph
 */
record FixedBatch(List<ValueInfo> inputs, List<ValueInfo> outputs) {

    /**
     * Returns the ratio of the inputs' batch to the file's batch. It is 1 unless every input has a fixed first axis,
     * the same for all, and gets the same multiple of it.
     */
    long scale(NDList inputs) {
        Set<Long> scales = new HashSet<>();
        Set<Long> declared = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            List<Dimension> shape = this.inputs.get(i).shape();
            long[] dims = HostTensors.dims(inputs.get(i));
            boolean fixed = !shape.isEmpty() && shape.get(0) instanceof Dimension.FixedDimension && dims.length > 0;
            long size = fixed ? ((Dimension.FixedDimension) shape.get(0)).size() : 0;
            declared.add(size);
            scales.add(size > 0 && dims[0] % size == 0 ? dims[0] / size : 1);
        }
        return scales.size() == 1 && declared.size() == 1 ? scales.iterator().next() : 1;
    }

    /**
     * Checks that the file does not mix examples: computes the first ones alone, as many as the file was written for,
     * and rejects the file if their outputs differ.
     */
    void requireOpen(ExecutionPlan plan, ForwardPass run, NDList inputs, Function<Parameter, NDArray> current) {
        long scale = scale(inputs);
        try (NDManager scratch = run.manager().newSubManager()) {
            NDList first = new NDList();
            inputs.forEach(input -> first.add(rows(input, input.getShape().get(0) / scale)));
            ForwardPass trial = new ForwardPass(scratch, run.device(), false, run.constants(), 1);
            NDList all = plan.run(trial, inputs, current);
            NDList alone = plan.run(trial, first, current);
            for (int i = 0; i < all.size(); i++) {
                NDArray expected = alone.get(i);
                NDArray found = all.get(i);
                boolean scales = expected.getShape().dimension() > 0
                        && found.getShape().get(0)
                                == scale * expected.getShape().get(0);
                if (!scales || !near(expected, rows(found, expected.getShape().get(0)))) {
                    throw new UnsupportedGraphException(
                            "output '"
                                    + outputs.get(i).name() + "' for " + first.size() + " inputs " + dims(first)
                                    + " is " + expected.getShape() + ", but for the batch " + dims(inputs) + " it is "
                                    + found.getShape()
                                    + " with other values for the same examples: the file works only for the batch"
                                    + " that it was written for.",
                            "Train it with this batch, or export it with an open batch axis.");
                }
            }
        }
    }

    private static NDArray rows(NDArray x, long count) {
        return x.get(new NDIndex().addSliceDim(0, count));
    }

    private static List<Shape> dims(NDList arrays) {
        return arrays.stream().map(NDArray::getShape).toList();
    }

    private static boolean near(NDArray expected, NDArray found) {
        double[] a = HostTensors.reals(expected);
        double[] b = HostTensors.reals(found);
        double tolerance = expected.getDataType() == DataType.FLOAT16 ? 2e-2 : 1e-3;
        for (int i = 0; i < a.length; i++) {
            if (Double.compare(a[i], b[i]) != 0
                    && !(Math.abs(a[i] - b[i]) <= tolerance * Math.max(1, Math.abs(a[i])))) {
                return false;
            }
        }
        return true;
    }
}
