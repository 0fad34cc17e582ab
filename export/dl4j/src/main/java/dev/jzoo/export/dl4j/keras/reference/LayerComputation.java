package dev.jzoo.export.dl4j.keras.reference;

import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.dl4j.keras.model.KerasLayer;
import dev.jzoo.export.dl4j.keras.model.LayerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** A layer with its settings and inputs, to be computed. */
final class LayerComputation {

    private final KerasLayer layer;
    private final LayerSettings settings;
    private final List<ReferenceValue> inputs;

    LayerComputation(KerasLayer layer, List<ReferenceValue> inputs) {
        this.layer = layer;
        this.settings = layer.settings();
        this.inputs = inputs;
    }

    KerasLayer layer() {
        return layer;
    }

    LayerSettings settings() {
        return settings;
    }

    List<ReferenceValue> inputs() {
        return inputs;
    }

    /** Returns the first input. */
    ReferenceValue input() {
        return inputs.get(0);
    }

    float[] weight(String role, int... dims) {
        return layer.weight(role, dims).values();
    }

    /** Returns a weight, or equal values if the layer has none. */
    float[] weightOr(float absent, String role, int size) {
        if (layer.has(role)) {
            return weight(role, size);
        }
        float[] values = new float[size];
        Arrays.fill(values, absent);
        return values;
    }

    boolean isChannelsFirst() {
        return settings.text("data_format", "channels_last").equals("channels_first");
    }

    /** Computes with channels last, whatever the layer's layout. */
    ReferenceValue channelsLast(UnaryOperator<ReferenceValue> computed) {
        return isChannelsFirst() ? computed.apply(input().channelsLast()).channelsFirst() : computed.apply(input());
    }

    /** Fails if a setting was not read. */
    void requireSettingsRead() {
        List<String> unread = settings.unread();
        if (!unread.isEmpty()) {
            throw new UnsupportedNetworkException(
                    List.of(layer + ": the reference computation does not use the settings " + unread),
                    "This is a fault of the exporter: report it with the model's configuration.");
        }
    }

    /** Returns an axis counted from 0. */
    static int axis(int axis, int rank) {
        return axis < 0 ? axis + rank : axis;
    }
}
