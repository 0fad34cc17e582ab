package dev.jzoo.export.dl4j.keras;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the reference and the exported file with Keras itself. The files are from {@code
 * src/test/resources/keras/layers.py}; each is a setting of a layer or a way to join them.
 */
class KerasLayersTest {

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasLayersTest.class.getResource("/keras/layers"))
                .toURI());
    }

    static List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".h5"))
                    .map(name -> name.substring(0, name.length() - 3))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void fileAndReferenceGiveWhatKerasGives(String name) throws Exception {
        KerasCasesTest.requireEqual(folder().resolve(name + ".h5"), folder().resolve(name + ".txt"));
    }
}
