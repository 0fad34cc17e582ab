package dev.jzoo.training.djl;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.jzoo.datasets.Shuffler;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.BatchedPrediction;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A learner in DJL that does not use DJL's trainer. Its loop contains only forward pass, backward pass and update, and
 * is therefore as fast as the same loop in Python.
 */
public final class DjlLearner implements Learner {

    private static final int PREDICTION_BATCH = 500;

    /** Largest number of input values in a batch for prediction; the network's intermediate values are many more. */
    private static final int PREDICTION_NUMBERS = 5_000_000;

    private final Block block;
    private final Examples examples;
    private final Plan plan;
    private final ToDoubleFunction<Parameter> shares;
    private final NDManager manager;
    private final DjlBatches batches;
    private final DjlLoss loss;
    private ParameterStore store;
    private DjlUpdate update;
    private long steps;

    /**
     * Creates a learner.
     *
     * @param manager owner of the block's parameters and of everything else; closed with the learner
     * @param block an initialised block that returns logits if the objective is a cross-entropy. If examples continue
     *     each other, its outputs after the first one are the states that it takes after its first input; without them
     *     it starts from 0
     * @param examples training examples
     */
    public DjlLearner(NDManager manager, Block block, Examples examples, Plan plan) {
        this(manager, block, examples, plan, parameter -> 1);
    }

    /**
     * Creates a learner with different learning rates for its parameters.
     *
     * @param shares factor of the plan's learning rate for each parameter that is not frozen: 1, or less for layers
     *     that are trained already
     */
    public DjlLearner(
            NDManager manager, Block block, Examples examples, Plan plan, ToDoubleFunction<Parameter> shares) {
        this.manager = manager;
        this.shares = shares;
        this.block = block;
        this.examples = examples;
        this.plan = plan;
        batches = DjlBatches.of(examples, plan, manager);
        loss = DjlLoss.of(plan.objective());
        useParameters();
    }

    private void useParameters() {
        store = new ParameterStore(manager, false);
        update = DjlUpdate.of(plan, block.getParameters(), shares, manager);
    }

    /**
     * Sets the initial values of a parameter, before its block is initialised. Setting the array afterwards has the
     * same effect, but the engine prints a warning on stderr.
     */
    public static void startFrom(Parameter parameter, float[] values) {
        parameter.setInitializer((owner, shape, type) -> owner.create(values, shape));
    }

    @Override
    public Examples examples() {
        return examples;
    }

    @Override
    public double epoch(int epoch, int[] order, StepListener listener) {
        Engine.getInstance()
                .setRandomSeed((int) Shuffler.streamSeed(plan.hyperparameters().seed(), epoch));
        double total = 0;
        try (NDManager scope = manager.newSubManager();
                DjlBatches.Pass pass = batches.pass(scope, epoch, order);
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            int done = 0;
            CarriedState state = CarriedState.of(examples, scope);
            while (pass.hasNext()) {
                try (NDManager step = scope.newSubManager()) {
                    DjlBatches.DeviceBatch pair = pass.next(step);
                    NDList outputs = block.forward(store, state.with(pair.input()), true);
                    NDArray value = loss.of(outputs.head(), pair.target());
                    collector.backward(value);
                    state.keep(outputs);
                    boolean finite = update.step((float) plan.learningRate(steps++, examples.size()), steps, step);
                    // getFloat() would index the scalar first, which takes another native call.
                    float batchLoss = value.toFloatArray()[0];
                    if (!Float.isFinite(batchLoss) || !finite) {
                        return Double.NaN;
                    }
                    total += (double) batchLoss * pair.size();
                    done += pair.size();
                    listener.done(done);
                }
            }
        }
        return total / order.length;
    }

    @Override
    public float[] predict(Examples asked) {
        int batch = Math.max(1, Math.min(PREDICTION_BATCH, PREDICTION_NUMBERS / asked.inputSize()));
        return BatchedPrediction.of(asked, batch, (values, count) -> {
            try (NDManager scratch = manager.newSubManager()) {
                NDArray input = DjlBatches.input(asked, scratch, values, count);
                return block.forward(store, new NDList(input), false).head().toFloatArray();
            }
        });
    }

    @Override
    public Object network() {
        return block;
    }

    @Override
    public String suffix() {
        return "params";
    }

    @Override
    public void saveWeights(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        block.saveParameters(data);
        data.flush();
    }

    @Override
    public void loadWeights(InputStream in) throws IOException {
        List<NDArray> replaced = block.getParameters().stream()
                .map(parameter -> parameter.getValue().getArray())
                .filter(Objects::nonNull)
                .toList();
        try {
            block.loadParameters(manager, new DataInputStream(in));
        } catch (MalformedModelException e) {
            throw new DataFormatException(
                    Path.of("weights.params"), "not the parameters of this network: " + e.getMessage());
        }
        replaced.forEach(NDArray::close);
        update.close();
        useParameters();
    }

    @Override
    public void saveOptimizer(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeLong(steps);
        NDList state = update.state();
        data.writeInt(state.size());
        if (!state.isEmpty()) {
            state.encode(data);
        }
        data.flush();
    }

    @Override
    public void loadOptimizer(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        steps = data.readLong();
        int arrays = data.readInt();
        try (NDManager scratch = manager.newSubManager()) {
            // NDList cannot decode an encoded empty list.
            update.restore(arrays == 0 ? new NDList() : NDList.decode(scratch, data));
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
