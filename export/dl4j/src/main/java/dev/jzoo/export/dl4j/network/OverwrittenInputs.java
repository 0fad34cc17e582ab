package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * In inference DL4J's ActivationLayer writes its result over what it reads, where that is an input or an output of the network: others that
 * read the input later, and who asked for the output, get the result. No graph says that, and whoever built the network did not mean it.
 */
public final class OverwrittenInputs {

    private OverwrittenInputs() {}

    /** Each layer that overwrites what another part reads or the network gives, with the reason. The list can be added to. */
    public static List<String> faults(Dl4jSource source) {
        List<String> faults = new ArrayList<>();
        List<NetworkPart> parts = source.parts();
        for (NetworkPart part : parts) {
            if (!(part.configuration() instanceof ActivationLayer layer)
                    || layer.getActivationFn() instanceof ActivationIdentity) {
                continue;
            }
            String read = part.inputs().get(0);
            String overwrites = part.path() + " (ActivationLayer): DL4J overwrites '" + read + "' here, which ";
            if (source.inputs().contains(read) && readers(read, source, parts) > 1) {
                faults.add(overwrites + "others read too; put a layer before it");
            } else if (source.outputs().contains(read)) {
                faults.add(overwrites + "is an output of the network; put a layer before it");
            }
        }
        return faults;
    }

    private static long readers(String value, Dl4jSource source, List<NetworkPart> parts) {
        long outputs = source.outputs().stream().filter(value::equals).count();
        return outputs
                + parts.stream().filter(part -> part.inputs().contains(value)).count();
    }
}
