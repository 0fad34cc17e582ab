package dev.jzoo.cli.options;

import dev.jzoo.cli.console.Host;
import dev.jzoo.finetune.FinetuneSettings;
import java.nio.file.Path;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults that no annotation can hold: those of the library, and of what surrounds the command. Not a
 * record, since picocli compares it whenever a command starts, and the first comparison of a record costs 10 ms.
 */
public final class OptionDefaults implements IDefaultValueProvider {

    private final Host host;

    /** @param host that surrounds the command */
    public OptionDefaults(Host host) {
        this.host = host;
    }

    /** The value as the user would type it; null for an option that has its default elsewhere, or none. */
    @Override
    public String defaultValue(ArgSpec argument) {
        if (is("finetune", "--mode", argument)) {
            return FinetuneSettings.MODE.toString();
        }
        if (is("finetune", "--views", argument)) {
            return Integer.toString(FinetuneSettings.VIEWS);
        }
        if (is("finetune", "--seed", argument)) {
            return Long.toString(FinetuneSettings.SEED);
        }
        return is("publish", "--to", argument)
                ? host.modelsFolder().map(Path::toString).orElse(null)
                : null;
    }

    private static boolean is(String command, String name, ArgSpec argument) {
        return argument instanceof OptionSpec option
                && option.longestName().equals(name)
                && option.command().name().equals(command);
    }
}
