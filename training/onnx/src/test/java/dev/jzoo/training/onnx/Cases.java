package dev.jzoo.training.onnx;

import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.io.InputStream;

/** Small files that other programs wrote, each with a habit of its own. */
final class Cases {

    private Cases() {}

    static OnnxFile file(String name) throws IOException {
        try (InputStream in = Cases.class.getResourceAsStream("/cases/" + name + ".onnx")) {
            return OnnxFile.read(name, in.readAllBytes());
        }
    }
}
