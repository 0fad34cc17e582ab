package dev.jzoo.cli;

import dev.jzoo.onnx.OnnxOutline;
import dev.jzoo.zoo.catalogue.Manifest;
import java.util.List;

/** An input or output of a model, with its shape as text: "image  uint8 [batch, 28, 28, 1]". */
record PortRow(String name, String type, List<String> shape) {

    static PortRow of(Manifest.ManifestTensor port) {
        return new PortRow(
                port.name(),
                port.type().replaceAll("^tensor\\((.*)\\)$", "$1"),
                port.shape().stream().map(Object::toString).toList());
    }

    static PortRow of(OnnxOutline.OutlinePort port) {
        return new PortRow(port.name(), port.type(), port.shape());
    }

    @Override
    public String toString() {
        return name + "  " + type + (type.contains("(") ? "" : " [" + String.join(", ", shape) + "]");
    }
}
