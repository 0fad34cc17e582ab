package dev.jzoo.export.dl4j.network;

import java.util.List;
import org.deeplearning4j.nn.conf.CacheMode;

/**
 * With a cache mode other than NONE a GravesBidirectionalLSTM keeps its result for the backward pass, and in inference gives it again to the
 * next call, whatever that one reads.
 */
public final class StaleResults {

    private StaleResults() {}

    /** Each layer that gives results of an earlier call, with the reason. */
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
                                + " DL4J takes the result of the call before for that of every second call;"
                                + " call network.setCacheMode(CacheMode.NONE)")
                .toList();
    }
}
