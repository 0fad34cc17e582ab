package dev.jzoo.inference;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A check that tensors fit a model's inputs. It runs before the native call, whose errors are less precise. */
final class InputCheck {

    private final List<Port> ports;
    private final Set<String> names;

    InputCheck(List<Port> ports) {
        this.ports = ports;
        this.names = ports.stream().map(Port::name).collect(Collectors.toSet());
    }

    /** Fails with an IllegalArgumentException that names every fault. */
    void check(String model, Map<String, Tensor> given) {
        List<String> faults = List.of();
        for (Port port : ports) {
            Tensor tensor = given.get(port.name());
            if (tensor == null) {
                faults = plus(faults, port + " is missing");
            } else if (!fits(port, tensor)) {
                faults = plus(faults, "expected " + port + ", found " + actual(tensor) + reason(port, tensor));
            }
        }
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                faults = plus(faults, "it has no input '" + name + "'");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(model + " cannot be run: " + String.join("; ", faults) + ".");
        }
    }

    private static boolean fits(Port port, Tensor tensor) {
        if (port.type().carrier() != tensor.type() || !port.type().canBeGiven()) {
            return false;
        }
        List<Dimension> shape = port.shape();
        if (shape.isEmpty()) {
            return true; // a single value, or a port without a declared shape: ONNX Runtime checks it
        }
        long[] sizes = tensor.sizes();
        if (shape.size() != sizes.length) {
            return false;
        }
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!shape.get(axis).accepts(sizes[axis])) {
                return false;
            }
        }
        return true;
    }

    /** Returns a reason if the expected and found types do not explain the fault. */
    private static String reason(Port port, Tensor tensor) {
        if (!port.type().canBeGiven()) {
            return " (ONNX Runtime's Java binding cannot create tensors of this type)";
        }
        if (port.type() != port.type().carrier() && port.type().carrier() != tensor.type()) {
            return " (use a tensor of " + port.type().carrier() + ", which is converted)";
        }
        return "";
    }

    private static String actual(Tensor tensor) {
        StringJoiner sizes = new StringJoiner(", ", "[", "]");
        for (long size : tensor.sizes()) {
            sizes.add(Long.toString(size));
        }
        return tensor.type() + " " + sizes;
    }

    /**
     * Names the axes that have one name but different sizes: " (axis N is 2 in 'a' but 3 in 'b')"; empty if all agree. It
     * explains a failure but is not one: ONNX Runtime does not require equal sizes, and many files use one name for all
     * open axes.
     */
    String disagreements(Map<String, Tensor> given) {
        record Seen(String port, long size) {}
        Map<Dimension, Seen> first = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (Port port : ports) {
            Tensor tensor = given.get(port.name());
            if (tensor == null || tensor.sizes().length != port.shape().size()) {
                continue;
            }
            for (int axis = 0; axis < port.shape().size(); axis++) {
                if (!(port.shape().get(axis) instanceof Dimension.SymbolicDimension symbol)) {
                    continue;
                }
                Seen here = new Seen(port.name(), tensor.sizes()[axis]);
                Seen before = first.putIfAbsent(symbol, here);
                if (before != null && before.size() != here.size()) {
                    all.add("axis " + symbol + " is " + before.size() + " in '" + before.port() + "' but " + here.size()
                            + " in '" + here.port() + "'");
                }
            }
        }
        return all.isEmpty() ? "" : " (" + String.join("; ", all) + ")";
    }

    private static List<String> plus(List<String> faults, String fault) {
        List<String> longer = new ArrayList<>(faults);
        longer.add(fault);
        return longer;
    }
}
