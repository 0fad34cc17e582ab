package dev.jzoo.export;

import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.ValueInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A network in its framework that computes the same inputs only once. */
final class NetworkRuns {

    private final SourceNetwork network;
    private final String framework;
    private final Map<List<Tensor>, List<Tensor>> computed = new HashMap<>();

    NetworkRuns(SourceNetwork network, String framework) {
        this.network = network;
        this.framework = framework;
    }

    SourceNetwork network() {
        return network;
    }

    /**
     * Computes the network.
     *
     * @param inputs one tensor for each input of the network
     * @throws InputDeclarationException if the framework fails on them
     */
    List<Tensor> run(List<Tensor> inputs) {
        List<Tensor> known = computed.get(inputs);
        if (known != null) {
            return known;
        }
        List<Tensor> outputs;
        try {
            outputs = network.run(inputs);
        } catch (UnsupportedNetworkException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InputDeclarationException(
                    "The export cannot be compared: " + framework + " itself fails on inputs of " + shapes(inputs)
                            + ". Its message: " + sentence(e),
                    InputDeclarationException.Lack.VALUES,
                    network.inputs(),
                    e);
        }
        computed.put(inputs, outputs);
        return outputs;
    }

    /** Forgets results that no comparison will need. */
    void forget(List<Tensor> inputs) {
        computed.remove(inputs);
    }

    private String shapes(List<Tensor> inputs) {
        List<ValueInfo> ports = network.inputs();
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> "'" + ports.get(i).name() + "' " + inputs.get(i))
                .collect(Collectors.joining(", "));
    }

    /** Returns the first line of an engine's message, which may be followed by a stack trace. */
    private static String sentence(RuntimeException failure) {
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String first = text.strip().lines().findFirst().orElse("").strip();
        return first.endsWith(".") ? first : first + ".";
    }
}
