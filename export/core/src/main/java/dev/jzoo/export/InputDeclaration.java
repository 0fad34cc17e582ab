package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import java.util.Objects;

/**
 * An input of a network, as the user declares it.
 *
 * @param port name, type and shape
 * @param values values that the input takes; with {@link InputValues#unknown()} the exporter searches for some
 */
public record InputDeclaration(ValueInfo port, InputValues values) {

    public InputDeclaration {
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(values, "values");
    }
}
