package dev.jzoo.export.dl4j.keras.model;

import java.util.List;

/**
 * A call of a layer. A shared layer has several calls.
 *
 * @param layer the layer
 * @param reads numbers of the values that it reads
 * @param writes numbers of the values that it writes
 */
public record LayerCall(KerasLayer layer, List<Integer> reads, List<Integer> writes) {

    public LayerCall {
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
    }
}
