package dev.jzoo.export.dl4j;

import dev.jzoo.export.dl4j.network.DataNormalizers;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;

/**
 * A DL4J network and the normalizer of its data, exported together. The file takes raw data and, if the normalizer was
 * fitted with labels, returns results in the labels' own units.
 *
 * <pre>{@code
 * OnnxExporter.of(NormalizedNetwork.of(network, normalizer)).write(Path.of("network.onnx"));
 * }</pre>
 */
public final class NormalizedNetwork {

    private final Model network;
    private final DataNormalizers normalizers;
    private final List<String> notes;

    private NormalizedNetwork(Model network, DataNormalizers normalizers, List<String> notes) {
        this.network = network;
        this.normalizers = normalizers;
        this.notes = List.copyOf(notes);
    }

    /**
     * Joins a network and its normalizer.
     *
     * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}
     * @param normalizer a normalizer that standardizes, scales to a range, or scales pixels; of one or of several
     * inputs
     * @throws IllegalArgumentException for a normalizer of another class
     */
    public static NormalizedNetwork of(Model network, Normalizer<?> normalizer) {
        return new NormalizedNetwork(network, DataNormalizers.of(normalizer), List.of());
    }

    /** Returns the same with notes on the network, which are added to the export's report. */
    NormalizedNetwork with(List<String> more) {
        return new NormalizedNetwork(network, normalizers, more);
    }

    /** Wraps a network whose data are not normalized. */
    static NormalizedNetwork without(Model network) {
        return new NormalizedNetwork(network, DataNormalizers.none(), List.of());
    }

    Model network() {
        return network;
    }

    DataNormalizers normalizers() {
        return normalizers;
    }

    List<String> notes() {
        return notes;
    }
}
