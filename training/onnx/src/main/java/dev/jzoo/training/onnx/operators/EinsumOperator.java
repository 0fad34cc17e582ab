package dev.jzoo.training.onnx.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Einsum: sums of products over labelled axes, such as {@code bqhd,bkhd->bhqk}. It combines two operands at a time as a
 * matrix product: the labels that both keep are the batch, and the labels that neither keeps are the inner axis. Axes
 * of "..." are broadcast as usual.
 */
final class EinsumOperator {

    /** An array with the label of each axis; labels of "..." are below 0, the last one -1. */
    private record Labelled(NDArray array, List<Integer> labels) {}

    private EinsumOperator() {}

    static Operator of(NodeAttributes settings) {
        String equation = settings.text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        String[] terms = sides[0].split(",", -1);
        settings.require(
                sides.length <= 2
                        && equation.matches("[A-Za-z.,>-]*")
                        && terms.length == settings.node().inputs().size(),
                "its equation '" + equation + "' does not fit its inputs");
        return Operator.single(call -> {
            List<Labelled> operands = new ArrayList<>();
            for (int i = 0; i < terms.length; i++) {
                operands.add(diagonal(new Labelled(call.array(i), labels(terms[i], call.dims(i).length))));
            }
            List<Integer> output = sides.length == 2 ? outputLabels(sides[1], operands) : implicit(terms, operands);
            Labelled result = summed(operands.get(0), kept(operands.subList(1, operands.size()), output));
            for (int i = 1; i < operands.size(); i++) {
                List<Integer> kept = kept(operands.subList(i + 1, operands.size()), output);
                result = product(result, operands.get(i), kept);
            }
            return OperatorInputs.view(ordered(result, output).array);
        });
    }

    private static List<Integer> labels(String term, int rank) {
        int named = term.replace(".", "").length();
        if (term.contains("...") ? named > rank : named != rank) {
            throw new IllegalArgumentException("'" + term + "' does not fit " + rank + " axes.");
        }
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < term.length(); i++) {
            if (term.charAt(i) == '.') {
                for (int axis = named - rank; axis < 0; axis++) {
                    labels.add(axis);
                }
                i += 2;
            } else {
                labels.add((int) term.charAt(i));
            }
        }
        return labels;
    }

    private static List<Integer> outputLabels(String term, List<Labelled> operands) {
        return labels(term, term.replace(".", "").length() + (term.contains("...") ? stretched(operands) : 0));
    }

    /** Returns the number of axes that "..." stands for. */
    private static int stretched(List<Labelled> operands) {
        return -operands.stream()
                .flatMap(operand -> operand.labels.stream())
                .min(Integer::compare)
                .filter(label -> label < 0)
                .orElse(0);
    }

    /**
     * Returns the output labels without an arrow: "..." first, then the labels that occur once, in alphabetical order.
     */
    private static List<Integer> implicit(String[] terms, List<Labelled> operands) {
        TreeMap<Integer, Integer> counts = new TreeMap<>();
        for (String term : terms) {
            term.chars().filter(label -> label != '.').forEach(label -> counts.merge(label, 1, Integer::sum));
        }
        List<Integer> output = new ArrayList<>();
        for (int axis = -stretched(operands); axis < 0; axis++) {
            output.add(axis);
        }
        counts.forEach((label, count) -> {
            if (count == 1) {
                output.add(label);
            }
        });
        return output;
    }

    private static List<Integer> kept(List<Labelled> others, List<Integer> output) {
        List<Integer> kept = new ArrayList<>(output);
        others.forEach(other -> kept.addAll(other.labels));
        return kept;
    }

    /** Takes the diagonal of an operand that has a label twice. */
    private static Labelled diagonal(Labelled operand) {
        List<Integer> labels = new ArrayList<>(operand.labels);
        NDArray array = operand.array;
        for (int i = 0; i < labels.size(); i++) {
            int again = labels.lastIndexOf(labels.get(i));
            if (again > i) {
                array = array.diagonal(0, i, again);
                labels.add(labels.get(i));
                labels.remove(again);
                labels.remove(i);
                i = -1;
            }
        }
        return new Labelled(array, labels);
    }

    /** Sums over the axes that are not needed any more. */
    private static Labelled summed(Labelled operand, List<Integer> kept) {
        List<Integer> labels = new ArrayList<>(operand.labels);
        NDArray array = operand.array;
        for (int i = labels.size() - 1; i >= 0; i--) {
            if (!kept.contains(labels.get(i))) {
                array = array.sum(new int[] {i}, false);
                labels.remove(i);
            }
        }
        return new Labelled(array, labels);
    }

    private static Labelled product(Labelled left, Labelled right, List<Integer> kept) {
        List<Integer> both = new ArrayList<>(left.labels);
        both.retainAll(right.labels);
        List<Integer> wanted = new ArrayList<>(kept);
        wanted.addAll(both);
        Labelled a = summed(left, wanted);
        Labelled b = summed(right, wanted);
        List<Integer> batch = both.stream().filter(kept::contains).toList();
        List<Integer> inner =
                both.stream().filter(label -> !kept.contains(label)).toList();
        List<Integer> rows =
                a.labels.stream().filter(label -> !both.contains(label)).toList();
        List<Integer> columns =
                b.labels.stream().filter(label -> !both.contains(label)).toList();
        a = stretched(a, b, both);
        b = stretched(b, a, both);
        NDArray x = matrices(ordered(a, joined(batch, rows, inner)), batch.size(), rows.size());
        NDArray y = matrices(ordered(b, joined(batch, inner, columns)), batch.size(), inner.size());
        List<Long> dims = new ArrayList<>();
        batch.forEach(label -> dims.add(size(longer(left, right, label), label)));
        rows.forEach(label -> dims.add(size(left, label)));
        columns.forEach(label -> dims.add(size(right, label)));
        NDArray product = OperatorInputs.reshaped(
                x.matMul(y), dims.stream().mapToLong(Long::longValue).toArray());
        return new Labelled(product, joined(batch, rows, columns));
    }

    /** Returns the operand whose axis is not broadcast. */
    private static Labelled longer(Labelled left, Labelled right, int label) {
        return size(left, label) == 1 ? right : left;
    }

    private static long size(Labelled operand, int label) {
        return operand.array.getShape().get(operand.labels.indexOf(label));
    }

    /** Broadcasts axes with one element to the size of those of another operand. */
    private static Labelled stretched(Labelled operand, Labelled other, List<Integer> both) {
        long[] dims = HostTensors.dims(operand.array);
        for (int label : both) {
            int axis = operand.labels.indexOf(label);
            dims[axis] = dims[axis] == 1 ? size(other, label) : dims[axis];
        }
        return new Labelled(operand.array.broadcast(new Shape(dims)), operand.labels);
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second, List<Integer> third) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    private static Labelled ordered(Labelled operand, List<Integer> labels) {
        int[] order = labels.stream().mapToInt(operand.labels::indexOf).toArray();
        return new Labelled(order.length < 2 ? operand.array : operand.array.transpose(order), labels);
    }

    /** Reshapes to [batch, rows, columns]. */
    private static NDArray matrices(Labelled operand, int batch, int rows) {
        long[] dims = HostTensors.dims(operand.array);
        return OperatorInputs.reshaped(
                operand.array,
                HostTensors.product(dims, 0, batch),
                HostTensors.product(dims, batch, batch + rows),
                HostTensors.product(dims, batch + rows, dims.length));
    }
}
