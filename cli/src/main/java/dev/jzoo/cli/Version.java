package dev.jzoo.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the release in the jar's manifest, and the Java that runs it. */
final class Version implements IVersionProvider {

    static String release() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(from classes)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"jzoo " + release(), "Java " + Runtime.version()};
    }
}
