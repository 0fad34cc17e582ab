package dev.jzoo.cli;

import dev.jzoo.zoo.Version;
import picocli.CommandLine.IVersionProvider;

/** The text that {@code --version} prints: the versions of JZoo and of Java. */
final class Release implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"jzoo " + Version.CURRENT, "Java " + Runtime.version()};
    }
}
