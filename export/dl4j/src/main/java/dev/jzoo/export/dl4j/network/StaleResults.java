package dev.jzoo.export.dl4j.network;

import java.util.List;
import org.deeplearning4j.nn.conf.CacheMode;

/**
 * A search for layers that return old results. With a cache mode other than NONE, a GravesBidirectionalLSTM keeps its
 * result for the backward pass, and in inference returns it again to the next call, whatever that call reads.
 */
public final class StaleResults {

    private StaleResults() {}

    /** Returns each layer that returns results of an earlier call, with the reason. */
    public static List<String> faults(Dl4jSource source) {
        CacheMode mode = source.cacheMode();
        if (mode == null || mode == CacheMode.NONE) {
            return List.of();
        }
        return source.parts().stream()
                .filter(part -> PartwiseForwardPass.keepsResult(part.configuration()))
                .map(part ->
                        part.path() + " (" + part.configuration().getClass().getSimpleName()
                                + "): with the cache mode " + mode
                                + " DL4J returns the previous result at every second call; call"
                                + " network.setCacheMode(CacheMode.NONE)")
                .toList();
    }
}
