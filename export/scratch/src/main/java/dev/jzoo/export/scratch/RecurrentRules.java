package dev.jzoo.export.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.Gru;
import dev.jzoo.scratch.layers.Lstm;
import dev.jzoo.scratch.layers.SimpleRnn;
import dev.jzoo.zoo.card.Dimension;

/**
 * The ONNX forms of recurrent layers. ONNX has the steps first, weights as [1, gates units, features], and other orders of the gates;
 * its bias has one part for the input and one for the state.
 */
final class RecurrentRules {

    private RecurrentRules() {}

    static GraphValue simple(LayerSite<SimpleRnn> site) {
        return recurrent(site, "RNN", Array.zeros(site.value("bias").count()), 0);
    }

    /** Gates i, f, g, o; in ONNX i, o, f, c. */
    static GraphValue lstm(LayerSite<Lstm> site) {
        return recurrent(site, "LSTM", Array.zeros(site.value("bias").count()), 0, 3, 1, 2);
    }

    /** Gates r, z, n; in ONNX z, r, h. */
    static GraphValue gru(LayerSite<Gru> site) {
        return recurrent(site, "GRU", site.value("recurrentBias"), 1, 0, 2);
    }

    /** @param order gates of the layer in the order of ONNX */
    private static GraphValue recurrent(LayerSite<?> site, String operator, Array recurrentBias, int... order) {
        Array input = site.value("input");
        int units = input.size(1) / order.length;
        site.requireFloats(operator);
        site.requireAxes("[batch, steps, features]");
        site.requireSize(2, "features", input.size(0));
        String stepsFirst = site.graph()
                .op("Transpose", site.input().tensor())
                .ints("perm", 1, 0, 2)
                .emit();
        var node = site.graph()
                .op(
                        operator,
                        stepsFirst,
                        site.weight("input", byGate(input, order)),
                        site.weight("recurrent", byGate(site.value("recurrent"), order)),
                        site.weight("bias", biases(site.value("bias"), recurrentBias, order)))
                .integer("hidden_size", units);
        if (operator.equals("GRU")) {
            // the reset gate comes after the recurrent weights
            node = node.integer("linear_before_reset", 1);
        }
        String states = node.emit();
        String oneDirection =
                site.graph().op("Squeeze", states, site.graph().constant(1L)).emit();
        String result =
                site.graph().op("Transpose", oneDirection).ints("perm", 1, 0, 2).emit();
        return site.input().as(result, 2, Dimension.of(units));
    }

    /** Returns [rows, gates units] as [1, gates units, rows], with the gates in another order. */
    private static Array byGate(Array weight, int... order) {
        int rows = weight.size(0);
        int units = weight.size(1) / order.length;
        Array result = Array.zeros(1, weight.size(1), rows);
        for (int gate = 0; gate < order.length; gate++) {
            for (int unit = 0; unit < units; unit++) {
                for (int row = 0; row < rows; row++) {
                    result.set(weight.get(row, order[gate] * units + unit), 0, gate * units + unit, row);
                }
            }
        }
        return result;
    }

    /** Returns both biases one after the other, [1, 2 gates units], with the gates in another order. */
    private static Array biases(Array input, Array recurrent, int... order) {
        int size = input.count();
        int units = size / order.length;
        Array result = Array.zeros(1, 2 * size);
        for (int gate = 0; gate < order.length; gate++) {
            System.arraycopy(input.values(), order[gate] * units, result.values(), gate * units, units);
            System.arraycopy(recurrent.values(), order[gate] * units, result.values(), size + gate * units, units);
        }
        return result;
    }
}
