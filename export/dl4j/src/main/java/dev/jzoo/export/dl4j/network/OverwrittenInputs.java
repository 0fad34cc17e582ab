package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * A search for layers that overwrite their input. In inference DL4J's ActivationLayer writes its result over its input
 * if that is an input or an output of the network. Other layers that read the input later, and callers that read the
 * output, then get the result instead. A graph does not show this, and it is never intended.
 */
public final class OverwrittenInputs {

    private OverwrittenInputs() {}

    /**
     * Returns each layer that overwrites a value which another part reads or the network outputs, with the reason. You
     * can add to the list.
     */
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
                faults.add(overwrites + "others read too; put a layer before the ActivationLayer");
            } else if (source.outputs().contains(read)) {
                faults.add(overwrites + "is an output of the network; put a layer before the ActivationLayer");
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
