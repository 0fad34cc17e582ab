package dev.jzoo.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.Pair;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Learns with DJL, without its trainer: the data lie in one array, a step gathers its batch by index, and nothing but
 * forward, backward and update is in the loop. That is what makes it as fast as the same loop in Python.
 */
public final class DjlLearner implements Learner {

    private static final int PREDICTION_BATCH = 1000;

    private final Block block;
    private final Objective objective;
    private final Optimizer optimizer;
    private final int batch;
    private final NDManager manager;
    private final NDArray inputs;
    private final NDArray targets;
    private final ParameterStore store;
    private final List<Pair<String, Parameter>> learnt;

    /**
     * @param manager owner of the block's parameters and of everything else; closed with the learner
     * @param block initialised, giving logits for {@link Objective#CROSS_ENTROPY}
     * @param examples to learn from
     * @param objective to make small
     * @param optimizer that changes the weights
     * @param batch examples for each step
     */
    public DjlLearner(
            NDManager manager, Block block, Examples examples, Objective objective, Optimizer optimizer, int batch) {
        this.manager = manager;
        this.block = block;
        this.objective = objective;
        this.optimizer = optimizer;
        this.batch = batch;
        inputs = manager.create(examples.inputs(), new Shape(examples.batchShape(examples.size())));
        NDArray values = manager.create(examples.targets(), new Shape(examples.size(), examples.targetSize()));
        targets = objective == Objective.CROSS_ENTROPY ? values.toType(DataType.INT64, false) : values;
        store = new ParameterStore(manager, false);
        learnt = block.getParameters().stream()
                .filter(parameter -> parameter.getValue().requiresGradient())
                .toList();
        learnt.forEach(parameter -> parameter.getValue().getArray().setRequiresGradient(true));
    }

    /**
     * Gives a parameter its initial values, before its block is initialised. Setting the array afterwards would do the same,
     * but the engine warns of it on stderr.
     */
    public static void startFrom(Parameter parameter, float[] values) {
        parameter.setInitializer((owner, shape, type) -> owner.create(values, shape));
    }

    @Override
    public double epoch(int[] order, StepListener listener) {
        double total = 0;
        try (NDManager epoch = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList batches = epoch.create(order).toType(DataType.INT64, false).split(boundaries(order.length));
            int done = 0;
            for (NDArray indices : batches) {
                int size = (int) indices.size();
                float loss = step(epoch, indices, collector);
                if (!Float.isFinite(loss)) {
                    return Double.NaN;
                }
                total += (double) loss * size;
                done += size;
                listener.done(done);
            }
        }
        return total / order.length;
    }

    /** Where one batch ends and the next begins. */
    private long[] boundaries(int examples) {
        return LongStream.iterate(batch, end -> end < examples, end -> end + batch)
                .toArray();
    }

    private float step(NDManager epoch, NDArray indices, GradientCollector collector) {
        try (NDManager step = epoch.newSubManager()) {
            NDIndex chosen = new NDIndex("{}", indices);
            NDArray input = inputs.get(step, chosen);
            NDArray target = targets.get(step, chosen);
            NDArray output = block.forward(store, new NDList(input), true).singletonOrThrow();
            NDArray loss = loss(output, target);
            collector.backward(loss);
            for (Pair<String, Parameter> parameter : learnt) {
                NDArray array = parameter.getValue().getArray();
                try (NDArray gradient = array.getGradient()) {
                    // The update also sets the gradient to zero.
                    optimizer.update(parameter.getKey(), array, gradient);
                }
            }
            // getFloat() would index the scalar first, which costs a further native call.
            return loss.toFloatArray()[0];
        }
    }

    private NDArray loss(NDArray output, NDArray target) {
        if (objective == Objective.CROSS_ENTROPY) {
            return output.logSoftmax(-1).gather(target, 1).mean().neg();
        }
        return output.sub(target).square().mean();
    }

    @Override
    public float[] predict(Examples examples) {
        float[] all = null;
        int outputs = 0;
        for (int from = 0; from < examples.size(); from += PREDICTION_BATCH) {
            int count = Math.min(PREDICTION_BATCH, examples.size() - from);
            float[] values = new float[count * examples.inputSize()];
            System.arraycopy(examples.inputs(), from * examples.inputSize(), values, 0, values.length);
            try (NDManager scratch = manager.newSubManager()) {
                NDArray input = scratch.create(values, new Shape(examples.batchShape(count)));
                float[] part = block.forward(store, new NDList(input), false)
                        .singletonOrThrow()
                        .toFloatArray();
                if (all == null) {
                    outputs = part.length / count;
                    all = new float[examples.size() * outputs];
                }
                System.arraycopy(part, 0, all, from * outputs, part.length);
            }
        }
        return all;
    }

    @Override
    public Object network() {
        return block;
    }

    @Override
    public String checkpointSuffix() {
        return "params";
    }

    @Override
    public void save(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            block.saveParameters(out);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
