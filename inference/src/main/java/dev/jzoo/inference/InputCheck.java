package dev.jzoo.inference;

import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Whether tensors fit the inputs of a model, found out before the native call, which would say less. */
final class InputCheck {

    private final List<Port> ports;
    private final Set<String> names;

    InputCheck(List<Port> ports) {
        this.ports = ports;
        this.names = ports.stream().map(Port::name).collect(Collectors.toSet());
    }

    /** Fails with IllegalArgumentException that names all that does not fit. */
    void check(String model, Map<String, Tensor> given) {
        List<String> faults = List.of();
        for (Port port : ports) {
            Tensor tensor = given.get(port.name());
            if (tensor == null) {
                faults = plus(faults, port + " is missing");
            } else if (!fits(port, tensor)) {
                faults = plus(faults, "it takes " + port + ", given was " + actual(tensor) + reason(port, tensor));
            }
        }
        for (String name : given.keySet()) {
            if (!names.contains(name)) {
                faults = plus(faults, "it has no input '" + name + "'");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(model + " was not run: " + String.join("; ", faults) + ".");
        }
    }

    private static boolean fits(Port port, Tensor tensor) {
        if (port.type().carrier() != tensor.type() || !port.type().canBeGiven()) {
            return false;
        }
        List<Dimension> shape = port.shape();
        if (shape.isEmpty()) {
            return true; // a single value, or a port without a declared shape: ONNX Runtime has the last word
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

    /** What does not fit, where type and shape beside each other do not already say it. */
    private static String reason(Port port, Tensor tensor) {
        if (!port.type().canBeGiven()) {
            return " (ONNX Runtime's Java binding has no tensors for this input)";
        }
        if (port.type() != port.type().carrier() && port.type().carrier() != tensor.type()) {
            return " (give it a tensor of " + port.type().carrier() + ", which is converted)";
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
     * Names the axes that have one name and different sizes: " (axis N is 2 in 'a' but 3 in 'b')"; empty where all agree. ONNX
     * Runtime does not ask for it, and many files give all their open axes one name; so it explains a failure, and is none.
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
