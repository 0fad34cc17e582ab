package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;

/**
 * Operators of quantised networks. They are frozen parts, which do not pass a gradient. Products of integers are
 * computed in double precision, which represents them exactly.
 */
final class QuantizedOperators {

    private QuantizedOperators() {}

    static void addTo(Map<String, Operator.OperatorFactory> table) {
        for (String domain : new String[] {"", "com.microsoft."}) {
            table.put(domain + "QuantizeLinear", QuantizedOperators::quantize);
            table.put(domain + "DequantizeLinear", QuantizedOperators::dequantize);
        }
        table.put("DynamicQuantizeLinear", settings -> QuantizedOperators::quantizeByRange);
        table.put("MatMulInteger", Operator.plain(call -> centred(call, 0, 2, 0)
                .matMul(centred(call, 1, 3, 1))
                .toType(DataType.INT32, false)));
        table.put(
                "ConvInteger",
                settings -> Operator.single(
                        call -> convolution(settings, call, centred(call, 0, 2, 0), kernel(call, 1, 3), new NDList())
                                .toType(DataType.INT32, false)));
        table.put("QLinearMatMul", Operator.plain(call -> {
            NDArray product = centred(call, 0, 2, 0).matMul(centred(call, 3, 5, 1));
            NDArray scale = wide(rows(call, 1)).mul(wide(call.array(4))).div(wide(call.array(6)));
            return rounded(
                    product.mul(scale), wide(call.array(7)), call.array(7).getDataType());
        }));
        table.put(
                "QLinearConv",
                settings -> Operator.single(call -> {
                    NDList bias = call.has(8) ? new NDList(wide(call.array(8))) : new NDList();
                    NDArray sums = convolution(settings, call, centred(call, 0, 2, 0), kernel(call, 3, 5), bias);
                    NDArray scale = wide(call.array(1))
                            .mul(perChannel(wide(call.array(4)), sums))
                            .div(wide(call.array(6)));
                    return rounded(
                            sums.mul(scale), wide(call.array(7)), call.array(7).getDataType());
                }));
    }

    private static Operator quantize(NodeAttributes settings) {
        DataType named = type(settings, DataType.UINT8);
        return Operator.single(call -> {
            NDArray scale = spread(settings, call, 1);
            NDArray zero =
                    call.has(2) ? wide(spread(settings, call, 2)) : call.run().scalar(0, DataType.FLOAT64);
            DataType type = call.has(2) ? call.array(2).getDataType() : named;
            NDArray scaled = call.x().toType(scale.getDataType(), false).div(scale);
            return rounded(wide(scaled), zero, type);
        });
    }

    private static Operator dequantize(NodeAttributes settings) {
        DataType named = type(settings, DataType.UNKNOWN);
        return Operator.single(call -> {
            NDArray scale = spread(settings, call, 1);
            NDArray x = wide(call.x());
            NDArray centred = call.has(2) ? x.sub(wide(spread(settings, call, 2))) : x;
            NDArray y = centred.toType(scale.getDataType(), false).mul(scale);
            return named == DataType.UNKNOWN ? y : ArithmeticOperators.cast(y, named);
        });
    }

    private static DataType type(NodeAttributes settings, DataType otherwise) {
        long code = settings.integer("output_dtype", 0);
        return code == 0 ? otherwise : ArithmeticOperators.type(code);
    }

    /** Broadcasts a scale or zero point for the whole tensor, for each index of an axis, or for blocks along one. */
    private static NDArray spread(NodeAttributes settings, OperatorInputs call, int input) {
        NDArray given = call.array(input);
        long[] dims = HostTensors.dims(given);
        if (given.size() == 1) {
            return given.reshape(new Shape());
        }
        int axis = HostTensors.axis(settings.integer("axis", 1), call.rank());
        if (dims.length == 1) {
            long[] line = new long[call.rank()];
            Arrays.fill(line, 1);
            line[axis] = dims[0];
            return OperatorInputs.reshaped(given, line);
        }
        long block = settings.integer("block_size", 0);
        NDArray repeated = given.repeat(axis, Math.max(1, block));
        return Slicing.along(repeated, axis, 0, call.dims(0)[axis], 1);
    }

    private static NDList quantizeByRange(OperatorInputs call) {
        NDArray none = call.scalar(0);
        NDArray most = call.x().max().maximum(none);
        NDArray least = call.x().min().minimum(none);
        NDArray range = most.sub(least);
        NDArray scale =
                range.add(range.eq(none).toType(range.getDataType(), false)).div(call.scalar(255));
        NDArray zero = none.sub(least.div(scale)).clip(0, 255).round();
        NDArray y = call.x().div(scale).round().add(zero).clip(0, 255);
        return new NDList(y.toType(DataType.UINT8, false), scale, zero.toType(DataType.UINT8, false));
    }

    private static NDArray rounded(NDArray x, NDArray zero, DataType type) {
        int least = type == DataType.INT8 ? -128 : type == DataType.UINT8 ? 0 : Integer.MIN_VALUE;
        int most = type == DataType.INT8 ? 127 : type == DataType.UINT8 ? 255 : Integer.MAX_VALUE;
        return x.round().add(zero).clip(least, most).toType(type, false);
    }

    private static NDArray wide(NDArray x) {
        return x.toType(DataType.FLOAT64, false);
    }

    /**
     * Returns integers minus their zero point.
     *
     * @param side 0 if there is a zero point per row of a matrix, 1 if per column
     */
    private static NDArray centred(OperatorInputs call, int input, int zero, int side) {
        NDArray x = wide(call.array(input));
        if (!call.has(zero)) {
            return x;
        }
        return x.sub(wide(side == 0 ? rows(call, zero) : call.array(zero)));
    }

    /** Returns a number, or one for each row of a matrix. */
    private static NDArray rows(OperatorInputs call, int input) {
        NDArray given = call.array(input);
        boolean each = given.getShape().dimension() == 1 && given.size() > 1;
        return each ? given.expandDims(1) : given;
    }

    /** Returns the kernel minus its zero point, of which there may be one per output channel. */
    private static NDArray kernel(OperatorInputs call, int input, int zero) {
        NDArray kernel = wide(call.array(input));
        if (!call.has(zero)) {
            return kernel;
        }
        NDArray point = wide(call.array(zero));
        if (point.size() == 1) {
            return kernel.sub(point.reshape(new Shape()));
        }
        long[] line = new long[kernel.getShape().dimension()];
        Arrays.fill(line, 1);
        line[0] = point.size();
        return kernel.sub(OperatorInputs.reshaped(point, line));
    }

    private static NDArray perChannel(NDArray scale, NDArray x) {
        if (scale.size() == 1) {
            return scale;
        }
        long[] line = new long[x.getShape().dimension()];
        Arrays.fill(line, 1);
        line[1] = scale.size();
        return OperatorInputs.reshaped(scale, line);
    }

    private static NDArray convolution(
            NodeAttributes settings, OperatorInputs call, NDArray x, NDArray kernel, NDList bias) {
        long[] dims = HostTensors.dims(kernel);
        SlidingWindow window = SlidingWindow.of(settings, Arrays.copyOfRange(dims, 2, dims.length));
        int groups = (int) settings.integer("group", 1);
        return LayerOperators.convolution(x, kernel, bias, window, window.pads(call.dims(0)), groups)
                .head();
    }
}
