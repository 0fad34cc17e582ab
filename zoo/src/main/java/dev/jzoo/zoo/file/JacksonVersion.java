package dev.jzoo.zoo.file;

import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.jzoo.zoo.error.JZooException;

/** The version of Jackson on the class path. The application chooses it; JZoo needs 2.15 or later, which reads records. */
final class JacksonVersion {

    private static final int LEAST_MINOR = 15;

    private JacksonVersion() {}

    /** Fails with JZooException FAILED if Jackson is too old. */
    static void require() {
        require(PackageVersion.VERSION);
    }

    static void require(Version found) {
        if (found.getMajorVersion() == 2 && found.getMinorVersion() < LEAST_MINOR) {
            throw new JZooException(
                    JZooException.Code.FAILED,
                    "JZoo needs Jackson 2." + LEAST_MINOR + " or later; the class path has " + found + ".",
                    "Depend on a later com.fasterxml.jackson.core:jackson-databind, with its jackson-core and"
                            + " jackson-annotations.");
        }
    }
}
