package dev.jzoo.cli;

import dev.jzoo.zoo.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the release, and the Java that runs it. */
final class Release implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"jzoo " + Version.CURRENT, "Java " + Runtime.version()};
    }
}
