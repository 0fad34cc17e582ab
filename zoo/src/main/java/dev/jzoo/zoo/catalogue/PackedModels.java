package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.download.Location;
import java.io.IOException;

/** Models packed in a jar, with the manifest that lists them. */
public sealed interface PackedModels permits JarModels, ZipModels {

    /** The folder in a jar for packed models. */
    String PACKED = "META-INF/jzoo/";

    /** Returns the jar's manifest. */
    Manifest manifest() throws IOException;

    /** Returns whether the jar has a file, given its path in the manifest. */
    boolean has(String path);

    /** Returns the location of a file, given its path in the manifest. */
    Location place(String path);
}
