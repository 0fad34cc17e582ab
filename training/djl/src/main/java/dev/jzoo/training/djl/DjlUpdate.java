package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The optimiser's step in DJL, with its state in its own arrays, so that it can be saved. DJL's optimisers cannot save
 * theirs. Also, DJL's SGD keeps the learning rate inside the velocity, which is another method if the rate changes, and
 * DJL clips gradients only from above.
 */
final class DjlUpdate implements AutoCloseable {

    /** Argument that disables the engine's rescaling and clipping. */
    private static final float AS_IT_IS = 1;

    private static final float UNCLIPPED = -1;

    /** A trainable weight, with its share of the plan's rate and the optimiser's state for it. */
    private record OptimizerState(NDArray weight, float share, float decay, NDList state) {}

    private final Optimizer optimizer;
    private final double maxNorm;
    private final List<OptimizerState> slots = new ArrayList<>();

    private DjlUpdate(Plan plan) {
        optimizer = plan.optimizer();
        maxNorm = plan.maxGradientNorm();
    }

    static DjlUpdate of(Plan plan, ParameterList parameters, ToDoubleFunction<Parameter> shares, NDManager manager) {
        DjlUpdate update = new DjlUpdate(plan);
        int states = states(update.optimizer);
        for (Pair<String, Parameter> parameter : parameters) {
            if (!parameter.getValue().requiresGradient()) {
                continue;
            }
            NDArray weight = parameter.getValue().getArray();
            weight.setRequiresGradient(true);
            NDList state = new NDList();
            for (int i = 0; i < states; i++) {
                NDArray zeros = manager.zeros(weight.getShape());
                zeros.setName(parameter.getKey() + "/" + i);
                state.add(zeros);
            }
            float decay = weight.getShape().dimension() > 1 ? (float) update.optimizer.weightDecay() : 0;
            update.slots.add(
                    new OptimizerState(weight, (float) shares.applyAsDouble(parameter.getValue()), decay, state));
        }
        return update;
    }

    /** Returns the number of arrays that an optimiser keeps for a weight, each with the weight's size. */
    private static int states(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            return sgd.momentum() == 0 ? 0 : 1;
        }
        return optimizer instanceof Optimizer.Nesterov ? 1 : 2;
    }

    /**
     * Changes the weights and sets their gradients to zero. Returns false without any change if clipping finds a
     * gradient that is not finite.
     *
     * @param count number of this step, from 1
     */
    boolean step(float rate, long count, NDManager scratch) {
        float scale = Double.isInfinite(maxNorm) ? AS_IT_IS : scale(scratch);
        if (!Float.isFinite(scale)) {
            return false;
        }
        for (OptimizerState slot : slots) {
            try (NDArray gradient = slot.weight.getGradient()) {
                if (optimizer instanceof Optimizer.Sgd sgd) {
                    descend(slot, gradient, sgd, rate * slot.share, scale, scratch);
                } else if (optimizer instanceof Optimizer.Nesterov nesterov) {
                    descend(slot, gradient, nesterov, rate * slot.share, scale, scratch);
                } else if (optimizer instanceof Optimizer.Adam adam) {
                    descend(slot, gradient, adam, rate * slot.share, scale, count);
                }
            }
        }
        return true;
    }

    private static void descend(
            OptimizerState slot, NDArray gradient, Optimizer.Sgd sgd, float rate, float scale, NDManager scratch) {
        if (slot.state.isEmpty()) {
            sgdUpdate(slot.weight, gradient, rate, slot.decay, scale);
            return;
        }
        NDArray velocity = slot.state.get(0);
        velocity.muli(sgd.momentum());
        if (slot.decay > 0) {
            NDArray weight = slot.weight.stopGradient();
            weight.attach(scratch);
            NDArray pull = weight.mul(slot.decay);
            velocity.addi(pull);
        }
        velocity.addi(scale == AS_IT_IS ? gradient : gradient.muli(scale));
        sgdUpdate(slot.weight, velocity, rate, 0, AS_IT_IS);
    }

    private static void descend(
            OptimizerState slot,
            NDArray gradient,
            Optimizer.Nesterov nesterov,
            float rate,
            float scale,
            NDManager scratch) {
        NDArray direction = scale == AS_IT_IS ? gradient : gradient.muli(scale);
        if (slot.decay > 0) {
            NDArray weight = slot.weight.stopGradient();
            weight.attach(scratch);
            direction.addi(weight.mul(slot.decay));
        }
        NDArray velocity = slot.state.get(0);
        velocity.muli(nesterov.momentum()).addi(direction);
        NDArray ahead = velocity.duplicate();
        ahead.attach(scratch);
        sgdUpdate(slot.weight, ahead.muli(nesterov.momentum()).addi(direction), rate, 0, AS_IT_IS);
    }

    private static void sgdUpdate(NDArray weight, NDArray direction, float rate, float decay, float scale) {
        weight.getNDArrayInternal()
                .sgdUpdate(new NDList(weight, direction), new NDList(weight), rate, decay, scale, UNCLIPPED, 0, false);
    }

    private void descend(
            OptimizerState slot, NDArray gradient, Optimizer.Adam adam, float rate, float scale, long count) {
        double corrected = rate * Math.sqrt(1 - Math.pow(adam.beta2(), count)) / (1 - Math.pow(adam.beta1(), count));
        slot.weight
                .getNDArrayInternal()
                .adamUpdate(
                        new NDList(slot.weight, gradient, slot.state.get(0), slot.state.get(1)),
                        new NDList(slot.weight),
                        rate,
                        (float) corrected,
                        slot.decay,
                        scale,
                        UNCLIPPED,
                        (float) adam.beta1(),
                        (float) adam.beta2(),
                        (float) adam.epsilon(),
                        false,
                        slot.decay > 0);
    }

    /** Returns the factor for all gradients that limits their norm. */
    private float scale(NDManager scratch) {
        double squares = 0;
        for (OptimizerState slot : slots) {
            try (NDArray gradient = slot.weight.getGradient()) {
                gradient.attach(scratch);
                squares += gradient.square().sum().toFloatArray()[0];
            }
        }
        return Double.isFinite(squares) ? (float) Math.min(AS_IT_IS, maxNorm / Math.sqrt(squares)) : Float.NaN;
    }

    /** Returns the state of the optimiser, by names. */
    NDList state() {
        NDList all = new NDList();
        slots.forEach(slot -> all.addAll(slot.state));
        return all;
    }

    /** Restores a state that {@link #state} returned in another process. */
    void restore(NDList saved) {
        NDList own = state();
        if (!own.stream()
                .map(NDArray::getName)
                .toList()
                .equals(saved.stream().map(NDArray::getName).toList())) {
            throw new IllegalArgumentException(
                    "The optimiser's state is that of another network or another optimiser.");
        }
        for (int i = 0; i < own.size(); i++) {
            saved.get(i).copyTo(own.get(i));
        }
    }

    @Override
    public void close() {
        slots.forEach(slot -> slot.state.close());
    }
}
