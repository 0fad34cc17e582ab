package dev.jzoo.inference;

import ai.onnxruntime.OrtException;

/** A message of ONNX Runtime without locations in its source. */
final class OrtMessage {

    private OrtMessage() {}

    static String of(OrtException e) {
        return clean(String.valueOf(e.getMessage()));
    }

    static String clean(String message) {
        return message.replaceFirst("^Error code - \\w+ - message: ", "")
                .replaceFirst("^Load model from .* failed: ?", "")
                .replaceAll("\\S*/onnxruntime/\\S+\\.(?:cc|h|hpp|cpp|cu):\\d+ .*?\\)(?: const)? (?=\\S)", "")
                .replaceFirst(
                        "^Non-zero status code returned while running (\\w+) node\\. Name:'(.*?)' Status Message: ",
                        "node '$2' ($1): ")
                .replace("node '' (", "node without a name (")
                .strip();
    }
}
