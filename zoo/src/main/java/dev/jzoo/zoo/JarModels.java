package dev.jzoo.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The models that travel in a jar, and the list of all published ones, also of those too large to travel.
 *
 * @param prefix the resource folder of the manifest, ending in '/'
 */
record JarModels(ClassLoader loader, String prefix) {

    static final JarModels STANDARD = new JarModels(JarModels.class.getClassLoader(), "dev/jzoo/zoo/models/");

    Manifest manifest() throws IOException {
        String name = prefix + Manifest.FILE_NAME;
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new DataFormatException(name, "the jar of JZoo's zoo has no such resource.");
            }
            return Manifest.parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    boolean has(String path) {
        return loader.getResource(prefix + path) != null;
    }

    Place place(String path) {
        return new Place.InJar(loader, prefix + path);
    }
}
