package dev.jzoo.inference;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Frozen files made by make_models.py and make_pictures.py. */
public final class Fixtures {

    private Fixtures() {}

    public static Path file(String name) {
        try {
            return Path.of(Fixtures.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    public static OnnxModel model(String name) throws java.io.IOException {
        return OnnxModel.open(
                file(name), Device.cpu(), SessionSettings.standard().withThreads(1));
    }
}
