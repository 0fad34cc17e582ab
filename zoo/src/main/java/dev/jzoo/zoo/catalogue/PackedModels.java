package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.download.Location;
import java.io.IOException;

/** Models that travel in a jar, with the manifest that lists them. */
public sealed interface PackedModels permits JarModels, ZipModels {

    /** Where a jar has models that others packed. */
    String PACKED = "META-INF/jzoo/";

    /** What the jar lists. */
    Manifest manifest() throws IOException;

    /** Whether the jar has a file, by its path in the manifest. */
    boolean has(String path);

    /** The place of such a file. */
    Location place(String path);
}
