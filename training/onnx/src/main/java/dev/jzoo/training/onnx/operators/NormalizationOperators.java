package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Map;

/** Normalisations and dropout. */
final class NormalizationOperators {

    private NormalizationOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put("BatchNormalization", NormalizationOperators::batch);
        table.put("LayerNormalization", NormalizationOperators::layer);
        table.put("InstanceNormalization", settings -> {
            double epsilon = settings.real("epsilon", 1e-5);
            return Operator.single(call -> {
                long[] dims = call.dims(0);
                return grouped(call, (int) dims[1], epsilon);
            });
        });
        table.put("GroupNormalization", settings -> {
            int groups = (int) settings.integer("num_groups", 1);
            double epsilon = settings.real("epsilon", 1e-5);
            return Operator.single(call -> grouped(call, groups, epsilon));
        });
        table.put("RMSNormalization", settings -> {
            long axis = settings.integer("axis", -1);
            double epsilon = settings.real("epsilon", 1e-5);
            return Operator.single(call -> {
                int from = HostTensors.axis(axis, call.rank());
                int[] axes = new int[call.rank() - from];
                Arrays.setAll(axes, i -> i + from);
                NDArray squares = ReductionOperators.mean(call.run(), call.x().square(), axes);
                return call.x().div(squares.add(call.scalar(epsilon)).sqrt()).mul(call.array(1));
            });
        });
        table.put("LRN", NormalizationOperators::acrossChannels);
        table.put("LpNormalization", settings -> {
            long axis = settings.integer("axis", -1);
            long p = settings.integer("p", 2);
            return Operator.single(call -> {
                int[] axes = {HostTensors.axis(axis, call.rank())};
                NDArray x = call.x();
                NDArray norm = p == 1
                        ? x.abs().sum(axes, true)
                        : x.square().sum(axes, true).sqrt();
                // All zeros stay 0.
                return x.div(norm.add(norm.eq(call.scalar(0)).toType(x.getDataType(), false)));
            });
        });
        table.put("MeanVarianceNormalization", settings -> {
            long[] axes = settings.integers("axes").orElse(new long[] {0, 2, 3});
            return Operator.single(call -> {
                int[] over = Arrays.stream(axes)
                        .mapToInt(axis -> HostTensors.axis(axis, call.rank()))
                        .toArray();
                NDArray centred = call.x().sub(ReductionOperators.mean(call.run(), call.x(), over));
                NDArray variance = ReductionOperators.mean(call.run(), centred.square(), over);
                return centred.div(variance.sqrt().add(call.scalar(1e-9)));
            });
        });
        table.put("Dropout", settings -> {
            settings.require(settings.isFixed(2), "its training mode is an input of the graph, but the block sets it");
            return settings.outputs() == 1
                    ? Operator.single(NormalizationOperators::dropped)
                    : NormalizationOperators::droppedWithMask;
        });
    }

    private static NDArray dropped(OperatorInputs call) {
        double ratio = call.real(1, 0.5);
        return call.run().training() && ratio > 0
                ? call.x()
                        .getNDArrayInternal()
                        .dropout(call.x(), (float) ratio, true)
                        .head()
                : OperatorInputs.view(call.x());
    }

    /** Returns the result and the mask of kept values. */
    private static NDList droppedWithMask(OperatorInputs call) {
        double ratio = call.real(1, 0.5);
        NDArray x = call.x();
        boolean drops = call.run().training() && ratio > 0;
        NDArray drawn = x.getManager().randomUniform(0, 1, x.getShape(), DataType.FLOAT32, x.getDevice());
        NDArray kept = drawn.gte(call.run().scalar(drops ? ratio : -1, DataType.FLOAT32));
        NDArray scaled = drops ? x.mul(kept.toType(x.getDataType(), false)).div(call.scalar(1 - ratio)) : x;
        return new NDList(OperatorInputs.view(scaled), kept);
    }

    /**
     * Returns BatchNormalization. In training it normalises a batch by its own statistics and updates the running ones
     * as PyTorch does, with the variance of a sample. If neither scale nor bias is trainable, it uses the running
     * statistics in training too and does not change them.
     */
    private static Operator batch(NodeAttributes settings) {
        float epsilon = (float) settings.real("epsilon", 1e-5);
        float momentum = (float) settings.real("momentum", 0.9);
        settings.require(
                settings.integer("spatial", 1) == 1, "statistics for each position (spatial=0) are not supported");
        if (settings.flag("training_mode")) {
            return call -> batchStatistics(call, epsilon, momentum);
        }
        settings.require(settings.outputs() == 1, "only its first output is supported");
        return call -> call.x()
                .getNDArrayInternal()
                .batchNorm(
                        call.x(),
                        call.array(3),
                        call.array(4),
                        call.array(1),
                        call.array(2),
                        -1, // the engine's number of the second axis
                        momentum,
                        epsilon,
                        call.run().training() && (learns(call, 1) || learns(call, 2)));
    }

    private static boolean learns(OperatorInputs call, int input) {
        return call.parameter(input).filter(Parameter::requiresGradient).isPresent();
    }

    /**
     * Computes the operator's own training mode, which returns the running statistics; their variance is that of the
     * batch.
     */
    private static NDList batchStatistics(OperatorInputs call, double epsilon, double momentum) {
        NDArray x = call.x();
        int rank = call.rank();
        int[] axes = new int[rank - 1];
        Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
        NDArray mean = ReductionOperators.mean(call.run(), x, axes);
        NDArray variance = ReductionOperators.mean(call.run(), x.sub(mean).square(), axes);
        long[] channel = channels(call.dims(0)[1], rank);
        NDArray y = x.sub(mean)
                .div(variance.add(call.scalar(epsilon)).sqrt())
                .mul(OperatorInputs.reshaped(call.array(1), channel))
                .add(OperatorInputs.reshaped(call.array(2), channel));
        NDArray kept = call.scalar(momentum);
        NDArray taken = call.scalar(1 - momentum);
        return new NDList(
                y,
                call.array(3).mul(kept).add(mean.flatten().mul(taken)),
                call.array(4).mul(kept).add(variance.flatten().mul(taken)));
    }

    private static long[] channels(long count, int rank) {
        long[] dims = new long[rank];
        Arrays.fill(dims, 1);
        dims[1] = count;
        return dims;
    }

    private static Operator layer(NodeAttributes settings) {
        long first = settings.integer("axis", -1);
        double epsilon = settings.real("epsilon", 1e-5);
        return call -> {
            NDArray x = call.x();
            int from = HostTensors.axis(first, call.rank());
            Shape normalized = x.getShape().slice(from);
            boolean whole = call.has(2)
                    && call.array(1).getShape().equals(normalized)
                    && call.array(2).getShape().equals(normalized);
            if (whole && settings.outputs() == 1) {
                return x.getNDArrayInternal().layerNorm(x, normalized, call.array(1), call.array(2), (float) epsilon);
            }
            int[] axes = new int[call.rank() - from];
            Arrays.setAll(axes, i -> i + from);
            NDArray mean = ReductionOperators.mean(call.run(), x, axes);
            NDArray centred = x.sub(mean);
            NDArray variance = ReductionOperators.mean(call.run(), centred.square(), axes);
            NDArray inverse =
                    call.scalar(1).div(variance.add(call.scalar(epsilon)).sqrt());
            NDArray scaled = centred.mul(inverse).mul(call.array(1));
            NDArray y = call.has(2) ? scaled.add(call.array(2)) : scaled;
            return new NDList(y, mean, inverse);
        };
    }

    /**
     * Normalises each group of channels of each example. Scale and bias are per channel, or before opset 21 per group.
     */
    private static NDArray grouped(OperatorInputs call, int groups, double epsilon) {
        long[] dims = call.dims(0);
        NDArray x = OperatorInputs.reshaped(call.x(), dims[0], groups, -1);
        int[] last = {2};
        NDArray centred = x.sub(ReductionOperators.mean(call.run(), x, last));
        NDArray variance = ReductionOperators.mean(call.run(), centred.square(), last);
        NDArray normal = OperatorInputs.reshaped(
                centred.div(variance.add(call.scalar(epsilon)).sqrt()), dims);
        return normal.mul(perChannel(call, 1, dims)).add(perChannel(call, 2, dims));
    }

    private static NDArray perChannel(OperatorInputs call, int input, long[] dims) {
        NDArray values = call.array(input);
        long count = values.getShape().get(0);
        NDArray each = count == dims[1] ? values : values.repeat(0, dims[1] / count);
        return OperatorInputs.reshaped(each, channels(dims[1], dims.length));
    }

    /** Returns LRN: x / (bias + alpha / size * sum over neighbouring channels of x^2)^beta. */
    private static Operator acrossChannels(NodeAttributes settings) {
        double alpha = settings.real("alpha", 1e-4);
        double beta = settings.real("beta", 0.75);
        double bias = settings.real("bias", 1);
        long size = settings.integer("size", 1);
        return Operator.single(call -> {
            NDArray x = call.x();
            long[] dims = call.dims(0);
            long before = (size - 1) / 2;
            // Channels are the axis of a signal that is pooled: [N, 1, C, H * W].
            NDArray squares = OperatorInputs.reshaped(x.square(), dims[0], 1, dims[1], -1);
            NDArray padded = SlidingWindow.padded(squares, new long[] {before, 0, size - 1 - before, 0}, 0);
            NDArray means = padded.getNDArrayInternal()
                    .avgPool(new Shape(size, 1), new Shape(1, 1), new Shape(0, 0), false, true);
            NDArray divisor = OperatorInputs.reshaped(means, dims)
                    .mul(call.scalar(alpha))
                    .add(call.scalar(bias))
                    .pow(call.scalar(beta));
            return x.div(divisor);
        });
    }
}
