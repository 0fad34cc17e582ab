package dev.jzoo.export.dl4j.layers;

import dev.jzoo.export.dl4j.network.Dl4jSource;
import dev.jzoo.export.dl4j.network.NdArrays;
import dev.jzoo.export.dl4j.network.NetworkPart;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of a network's recurrent layers. Each is an input and an output of the file, float [1, batch, units]: pass
 * the states that one call returns to the next call to continue a sequence.
 */
public record RecurrentStates(List<StateSlot> slots) {

    public static final RecurrentStates NONE = new RecurrentStates(List.of());

    /**
     * A state.
     *
     * @param path path of the layer
     * @param value value that the layer writes
     * @param key key of the state in DL4J
     * @param name name of the state; with "_in" and "_out" the names of the ports
     * @param units units of the layer
     */
    public record StateSlot(String path, String value, String key, String name, long units) {
        ValueInfo port(String suffix) {
            return new ValueInfo(
                    name + suffix, DataType.FLOAT, List.of(Dimension.of(1), Dimension.BATCH, Dimension.of(units)));
        }
    }

    /**
     * Returns the states of all recurrent layers. Fails with IllegalArgumentException if there are none, or if the
     * state of some is not kept.
     */
    public static RecurrentStates of(Dl4jSource source) {
        List<NetworkPart> layers =
                source.parts().stream().filter(RecurrentStates::isRecurrent).toList();
        List<String> refused = layers.stream()
                .filter(part -> !keepsState(part.configuration()))
                .map(part ->
                        part.path() + " (" + part.configuration().getClass().getSimpleName() + ")")
                .toList();
        if (layers.isEmpty() || !refused.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot add states: they need layers of LSTM, GravesLSTM or SimpleRnn that return whole"
                            + " sequences"
                            + (refused.isEmpty()
                                    ? ", but the network has no recurrent layer."
                                    : ", but the network has " + String.join(", ", refused) + ".")
                            + " Export the network without states.");
        }
        List<StateSlot> slots = new ArrayList<>();
        for (NetworkPart part : layers) {
            String prefix = layers.size() == 1 ? "" : part.path() + ".";
            long units = ((BaseRecurrentLayer) part.configuration()).getNOut();
            slots.add(new StateSlot(
                    part.path(),
                    part.output(),
                    org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_ACTIVATION,
                    prefix + "hidden",
                    units));
            if (!(part.configuration() instanceof SimpleRnn)) {
                slots.add(new StateSlot(
                        part.path(),
                        part.output(),
                        org.deeplearning4j.nn.layers.recurrent.LSTM.STATE_KEY_PREV_MEMCELL,
                        prefix + "cell",
                        units));
            }
        }
        return new RecurrentStates(List.copyOf(slots));
    }

    @SuppressWarnings("deprecation") // saved networks have it
    private static boolean isRecurrent(NetworkPart part) {
        Object layer = part.configuration();
        return keepsState(layer)
                || layer instanceof GravesBidirectionalLSTM
                || layer instanceof Bidirectional
                || layer instanceof LastTimeStep
                || layer instanceof MaskZeroLayer;
    }

    @SuppressWarnings("deprecation") // saved networks have it
    private static boolean keepsState(Object layer) {
        return layer instanceof LSTM || layer instanceof GravesLSTM || layer instanceof SimpleRnn;
    }

    public List<ValueInfo> inputs() {
        return slots.stream().map(slot -> slot.port("_in")).toList();
    }

    /**
     * Tensors of the graph that a layer reads before the first step and writes after the last step.
     *
     * @param read by the layers' paths: hidden state and, for an LSTM, cell state
     * @param written the same, after the layer is written
     */
    public record StateFlow(Map<String, List<String>> read, Map<String, List<String>> written) {

        List<String> of(String path) {
            return read.getOrDefault(path, List.of());
        }

        void keep(String path, List<String> names) {
            if (read.containsKey(path)) {
                written.put(path, names);
            }
        }
    }

    /** @param names names of the states' inputs in the graph */
    public StateFlow flow(List<String> names) {
        Map<String, List<String>> read = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            read.computeIfAbsent(slots.get(i).path(), path -> new ArrayList<>()).add(names.get(i));
        }
        return new StateFlow(read, new HashMap<>());
    }

    /** Returns the graph's outputs for the states, which follow the network's own outputs. */
    public List<ValueInfo> outputs(StateFlow flow) {
        Map<String, Integer> taken = new HashMap<>();
        List<ValueInfo> outputs = new ArrayList<>();
        for (StateSlot slot : slots) {
            int which = taken.merge(slot.path(), 1, Integer::sum) - 1;
            outputs.add(slot.port("_out").named(flow.written().get(slot.path()).get(which)));
        }
        return outputs;
    }

    public List<String> outputNames() {
        return slots.stream().map(slot -> slot.name() + "_out").toList();
    }

    /**
     * Runs the network from these states. Returns its outputs, followed by the states.
     *
     * @param given the network's own inputs
     * @param states one for each slot
     */
    public List<Tensor> run(Dl4jSource source, List<INDArray> given, List<Tensor> states) {
        Map<String, Map<String, INDArray>> byLayer = new HashMap<>();
        for (int i = 0; i < slots.size(); i++) {
            long[] shape = states.get(i).shape();
            byLayer.computeIfAbsent(slots.get(i).value(), value -> new HashMap<>())
                    .put(
                            slots.get(i).key(),
                            NdArrays.array(states.get(i), source.type()).reshape(shape[1], shape[2]));
        }
        byLayer.forEach((value, state) -> {
            RecurrentLayer layer = source.recurrent(value);
            layer.rnnSetTBPTTState(state);
            // GravesLSTM reads its state here and stores it here.
            layer.rnnSetPreviousState(state);
        });
        List<Tensor> results = new ArrayList<>(
                source.outputFromStates(given).stream().map(NdArrays::tensor).toList());
        for (StateSlot slot : slots) {
            INDArray left = source.recurrent(slot.value()).rnnGetTBPTTState().get(slot.key());
            results.add(Tensor.of(NdArrays.tensor(left).floats(), 1, left.size(0), left.size(1)));
        }
        byLayer.keySet().stream().map(source::recurrent).forEach(RecurrentLayer::rnnClearPreviousState);
        return results;
    }
}
