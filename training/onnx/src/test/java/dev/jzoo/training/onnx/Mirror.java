package dev.jzoo.training.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Finds the real data: in a folder that JZOO_MIRROR names. */
final class Mirror {

    private Mirror() {}

    static Path find(String name) {
        return Stream.of(System.getenv().getOrDefault("JZOO_MIRROR", "").split(","))
                .map(folder -> Path.of(folder.strip(), name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("JZOO_MIRROR names no folder with " + name));
    }
}
