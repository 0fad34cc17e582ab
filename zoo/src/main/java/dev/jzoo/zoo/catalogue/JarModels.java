package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Models in jars on the class path, with the manifests that list them. JZoo's own manifest also lists models that are too large
 * for the jar.
 *
 * @param prefix the resource folder of the manifest, ending in '/'
 * @param origin a name for the jars, for people
 */
public record JarModels(ClassLoader loader, String prefix, String origin) implements PackedModels {

    public static final JarModels STANDARD =
            new JarModels(JarModels.class.getClassLoader(), "dev/jzoo/zoo/models/", "the jar");

    /** Returns the models in all jars on the class path that have any. */
    public static JarModels onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new JarModels(context == null ? JarModels.class.getClassLoader() : context, PACKED, "the class path");
    }

    /** Returns the entries of all manifests in this resource folder. JZoo's own manifest must exist; a jar without it is damaged. */
    @Override
    public Manifest manifest() throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        List<URL> manifests = Collections.list(loader.getResources(prefix + Manifest.FILE_NAME));
        if (manifests.isEmpty() && equals(STANDARD)) {
            throw new DataFormatException(
                    prefix + Manifest.FILE_NAME, "not found in JZoo's own jar, which is" + " damaged.");
        }
        for (URL manifest : manifests) {
            URLConnection connection = manifest.openConnection();
            connection.setUseCaches(false); // a cached jar stays open, which locks the file on Windows
            try (InputStream in = connection.getInputStream()) {
                String source = manifest.toString();
                entries.addAll(Manifest.parse(source, PlainText.read(source, in, Manifest.LONGEST))
                        .entries());
            }
        }
        return new Manifest(entries);
    }

    @Override
    public boolean has(String path) {
        return loader.getResource(prefix + path) != null;
    }

    @Override
    public Location place(String path) {
        return new Location.JarLocation(loader, prefix + path);
    }
}
