package dev.jzoo.export;

import dev.jzoo.zoo.error.JZooException;
import java.util.List;

/** Thrown if parts of a network have no ONNX form. Names all of them at once. */
public final class UnsupportedNetworkException extends JZooException {

    private final List<String> parts;

    /**
     * @param parts each part with its path in the network and the reason
     * @param hint advice what to do about them
     */
    public UnsupportedNetworkException(List<String> parts, String hint) {
        super(
                Code.BAD_INPUT,
                parts.size() == 1
                        ? "Cannot export the network. No ONNX form: " + parts.get(0)
                        : "Cannot export the network. " + parts.size() + " parts have no ONNX form:\n  "
                                + String.join("\n  ", parts),
                hint);
        this.parts = List.copyOf(parts);
    }

    /** Returns each part with its path and the reason. */
    public List<String> parts() {
        return parts;
    }
}
