package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Map;

/** Operators of ONNX Runtime (domain com.microsoft), into which its optimiser fuses others. */
final class ContributedOperators {

    private static final String DOMAIN = "com.microsoft.";

    private ContributedOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        table.put(
                DOMAIN + "Gelu",
                Operator.plain(call -> call.x().getNDArrayInternal().gelu()));
        table.put(
                DOMAIN + "BiasGelu",
                Operator.plain(
                        call -> call.x().add(call.array(1)).getNDArrayInternal().gelu()));
        table.put(
                DOMAIN + "FastGelu",
                Operator.plain(call -> ActivationOperators.geluByTanh(
                        call, call.has(1) ? call.x().add(call.array(1)) : call.x())));
        table.put(DOMAIN + "QuickGelu", settings -> {
            double alpha = settings.real("alpha", 1.702);
            return Operator.single(call -> call.x()
                    .mul(call.x().mul(call.scalar(alpha)).getNDArrayInternal().sigmoid()));
        });
        table.put(DOMAIN + "FusedMatMul", ContributedOperators::fusedMatMul);
        table.put(DOMAIN + "SkipLayerNormalization", settings -> {
            double epsilon = settings.real("epsilon", 1e-12);
            return call -> skipLayerNormalization(call, epsilon);
        });
        table.put(DOMAIN + "SkipSimplifiedLayerNormalization", settings -> {
            double epsilon = settings.real("epsilon", 1e-12);
            return call -> {
                NDArray sum = sum(call, 3);
                NDArray squares = mean(call, sum.square());
                NDArray inverse = inverse(call, squares, epsilon);
                return new NDList(sum.mul(inverse).mul(call.array(2)), squares, inverse, OperatorInputs.view(sum));
            };
        });
    }

    private static Operator fusedMatMul(NodeAttributes settings) {
        settings.require(
                !settings.flag("transBatchA") && !settings.flag("transBatchB"), "transposed batches are not supported");
        boolean transA = settings.flag("transA");
        boolean transB = settings.flag("transB");
        double alpha = settings.real("alpha", 1);
        return Operator.single(call -> {
            NDArray a = transA ? call.x().swapAxes(-2, -1) : call.x();
            NDArray b = transB ? call.array(1).swapAxes(-2, -1) : call.array(1);
            NDArray product = a.matMul(b);
            return alpha == 1 ? product : product.mul(call.scalar(alpha));
        });
    }

    /** Adds the input, the skip connection and an optional bias. */
    private static NDArray sum(OperatorInputs call, int bias) {
        NDArray sum = call.x().add(call.array(1));
        return call.has(bias) ? sum.add(call.array(bias)) : sum;
    }

    private static NDArray mean(OperatorInputs call, NDArray x) {
        return ReductionOperators.mean(call.run(), x, new int[] {x.getShape().dimension() - 1});
    }

    private static NDArray inverse(OperatorInputs call, NDArray variance, double epsilon) {
        return call.scalar(1).div(variance.add(call.scalar(epsilon)).sqrt());
    }

    private static NDList skipLayerNormalization(OperatorInputs call, double epsilon) {
        NDArray sum = sum(call, 4);
        NDArray mean = mean(call, sum);
        NDArray centred = sum.sub(mean);
        NDArray inverse = inverse(call, mean(call, centred.square()), epsilon);
        NDArray scaled = centred.mul(inverse).mul(call.array(2));
        NDArray y = call.has(3) ? scaled.add(call.array(3)) : scaled;
        return new NDList(y, mean, inverse, OperatorInputs.view(sum));
    }
}
