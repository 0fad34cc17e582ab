package dev.jzoo.export;

import dev.jzoo.zoo.error.JZooException;
import java.util.List;

/** A network has parts without an ONNX form. Names all of them at once. */
public final class UnsupportedNetworkException extends JZooException {

    private final List<String> parts;

    /**
     * @param parts each part with its path in the network and the reason
     * @param hint what to do about them
     */
    public UnsupportedNetworkException(List<String> parts, String hint) {
        super(
                Code.BAD_INPUT,
                parts.size() == 1
                        ? "No ONNX form: " + parts.get(0)
                        : parts.size() + " parts have no ONNX form:\n  " + String.join("\n  ", parts),
                hint);
        this.parts = List.copyOf(parts);
    }

    /** Each part with its path and the reason. */
    public List<String> parts() {
        return parts;
    }
}
