package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** Activation functions. */
final class ActivationOperators {

    private static final double SELU_ALPHA = 1.67326319217681884765625;
    private static final double SELU_GAMMA = 1.05070102214813232421875;

    private ActivationOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        plain(table, "Relu", x -> x.getNDArrayInternal().relu());
        plain(table, "Sigmoid", x -> x.getNDArrayInternal().sigmoid());
        plain(table, "Tanh", NDArray::tanh);
        plain(table, "Softplus", x -> x.getNDArrayInternal().softPlus());
        plain(table, "Softsign", x -> x.getNDArrayInternal().softSign());
        table.put("Mish", Operator.plain(call -> call.x()
                .mul(call.x().getNDArrayInternal().softPlus().tanh())));
        table.put("LeakyRelu", settings -> {
            float alpha = (float) settings.real("alpha", 0.01);
            return Operator.single(call -> call.x().getNDArrayInternal().leakyRelu(alpha));
        });
        table.put("Elu", settings -> {
            float alpha = (float) settings.real("alpha", 1);
            return Operator.single(call -> call.x().getNDArrayInternal().elu(alpha));
        });
        table.put("Selu", ActivationOperators::selu);
        table.put("Celu", settings -> {
            double alpha = settings.real("alpha", 1);
            return Operator.single(call -> {
                NDArray scaled = call.x().div(call.scalar(alpha));
                return scaled.getNDArrayInternal().elu(1).mul(call.scalar(alpha));
            });
        });
        table.put("Gelu", ActivationOperators::gelu);
        table.put("Swish", settings -> {
            double alpha = settings.real("alpha", 1);
            return Operator.single(call -> call.x()
                    .mul(call.x().mul(call.scalar(alpha)).getNDArrayInternal().sigmoid()));
        });
        table.put("HardSigmoid", settings -> {
            double alpha = settings.real("alpha", 0.2);
            double beta = settings.real("beta", 0.5);
            return Operator.single(call -> hardSigmoid(call, alpha, beta));
        });
        table.put("HardSwish", Operator.plain(call -> call.x().mul(hardSigmoid(call, 1.0 / 6, 0.5))));
        table.put("ThresholdedRelu", settings -> {
            double alpha = settings.real("alpha", 1);
            return Operator.single(call -> {
                NDArray above = call.x().gt(call.scalar(alpha));
                return call.x().mul(above.toType(call.x().getDataType(), false));
            });
        });
        table.put("Shrink", settings -> {
            double bias = settings.real("bias", 0);
            double lambda = settings.real("lambd", 0.5);
            return Operator.single(call -> {
                NDArray x = call.x();
                NDArray above = x.gt(call.scalar(lambda)).toType(x.getDataType(), false);
                NDArray below = x.lt(call.scalar(-lambda)).toType(x.getDataType(), false);
                return above.mul(x.sub(call.scalar(bias))).add(below.mul(x.add(call.scalar(bias))));
            });
        });
        table.put("PRelu", Operator.plain(call -> {
            NDArray negative = call.x().minimum(call.scalar(0));
            return call.x().getNDArrayInternal().relu().add(negative.mul(call.array(1)));
        }));
        table.put("Softmax", settings -> {
            long axis = settings.integer("axis", -1);
            return Operator.single(call -> call.x().softmax(HostTensors.axis(axis, call.rank())));
        });
        table.put("Hardmax", ActivationOperators::hardmax);
        table.put("LogSoftmax", settings -> {
            long axis = settings.integer("axis", -1);
            return Operator.single(call -> call.x().logSoftmax(HostTensors.axis(axis, call.rank())));
        });
    }

    /** Returns Hardmax: 1 at the largest element, the first of equal ones, and 0 elsewhere. It has no gradient. */
    private static Operator hardmax(NodeAttributes settings) {
        long along = settings.integer("axis", -1);
        return Operator.single(call -> {
            int axis = HostTensors.axis(along, call.rank());
            long[] line = new long[call.rank()];
            Arrays.fill(line, 1);
            line[axis] = call.dims(0)[axis];
            NDArray places = OperatorInputs.reshaped(
                    call.run().array(LongStream.range(0, line[axis]).toArray()), line);
            return call.x()
                    .argMax(axis)
                    .expandDims(axis)
                    .eq(places)
                    .toType(call.x().getDataType(), false);
        });
    }

    private static void plain(
            Map<String, Operator.OperatorFactory> table, String opType, UnaryOperator<NDArray> function) {
        table.put(opType, Operator.plain(call -> function.apply(call.x())));
    }

    private static Operator selu(NodeAttributes settings) {
        double alpha = settings.real("alpha", SELU_ALPHA);
        double gamma = settings.real("gamma", SELU_GAMMA);
        return Operator.single(
                call -> call.x().getNDArrayInternal().elu((float) alpha).mul(call.scalar(gamma)));
    }

    private static Operator gelu(NodeAttributes settings) {
        if (!settings.text("approximate", "none").equals("tanh")) {
            return Operator.single(call -> call.x().getNDArrayInternal().gelu());
        }
        return Operator.single(call -> geluByTanh(call, call.x()));
    }

    /** Computes x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))). */
    static NDArray geluByTanh(OperatorInputs call, NDArray x) {
        NDArray cubed = x.square().mul(x).mul(call.scalar(0.044715));
        NDArray bent = x.add(cubed).mul(call.scalar(Math.sqrt(2 / Math.PI))).tanh();
        return x.mul(call.scalar(0.5)).mul(bent.add(call.scalar(1)));
    }

    private static NDArray hardSigmoid(OperatorInputs call, double alpha, double beta) {
        return call.x().mul(call.scalar(alpha)).add(call.scalar(beta)).clip(0, 1);
    }
}
