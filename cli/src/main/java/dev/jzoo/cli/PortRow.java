package dev.jzoo.cli;

import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.catalogue.Manifest;
import java.util.List;
import java.util.Locale;

/** A tensor that goes into a model or comes out, its shape in words: "image  uint8 [batch, 28, 28, 1]". */
record PortRow(String name, String type, List<String> shape) {

    static PortRow of(Manifest.ManifestTensor port) {
        return new PortRow(
                port.name(),
                port.type().replaceAll("^tensor\\((.*)\\)$", "$1"),
                port.shape().stream().map(Object::toString).toList());
    }

    static PortRow of(ValueInfo value) {
        return new PortRow(
                value.name(),
                value.type().name().toLowerCase(Locale.ROOT),
                value.shape().stream().map(Dimension::toString).toList());
    }

    @Override
    public String toString() {
        return name + "  " + type + " [" + String.join(", ", shape) + "]";
    }
}
