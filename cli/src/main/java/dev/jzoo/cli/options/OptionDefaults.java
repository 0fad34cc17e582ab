package dev.jzoo.cli.options;

import dev.jzoo.cli.console.Host;
import dev.jzoo.finetune.FinetuneSettings;
import java.nio.file.Path;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Defaults that an annotation cannot hold: values of the library and of the host. Not a record: picocli compares it
 * whenever a command starts, and the first comparison of a record costs 10 ms.
 */
public final class OptionDefaults implements IDefaultValueProvider {

    private final Host host;

    /** @param host the host of the command */
    public OptionDefaults(Host host) {
        this.host = host;
    }

    /** Returns the default as the user would type it, or null if the option has another default or none. */
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
