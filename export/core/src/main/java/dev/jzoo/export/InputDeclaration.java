package dev.jzoo.export;

import dev.jzoo.onnx.ValueInfo;
import java.util.Objects;

/**
 * An input of a network as its user declares it.
 *
 * @param port name, type and shape
 * @param values that it takes; {@link InputValues#unknown()} to have the exporter look for some
 */
public record InputDeclaration(ValueInfo port, InputValues values) {

    public InputDeclaration {
        Objects.requireNonNull(port, "port");
        Objects.requireNonNull(values, "values");
    }
}
