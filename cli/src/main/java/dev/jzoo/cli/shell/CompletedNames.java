package dev.jzoo.cli.shell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/** The words that a shell completes as values of options and arguments, such as names of models. */
public final class CompletedNames {

    private CompletedNames() {}

    /**
     * Gives words to the options and arguments of a command and of all its subcommands. Enums get their constants as users type them:
     * "imagenet-bgr".
     *
     * @param names the words for each label of an option or argument: "MODEL", "DATASET"
     */
    public static void addTo(CommandLine command, Map<String, List<String>> names) {
        CommandSpec spec = command.getCommandSpec();
        for (PositionalParamSpec argument : List.copyOf(spec.positionalParameters())) {
            List<String> words = words(argument, names);
            if (!words.isEmpty()) {
                spec.remove(argument);
                spec.add(argument.toBuilder().completionCandidates(words).build());
            }
        }
        for (OptionSpec option : List.copyOf(spec.options())) {
            List<String> words = words(option, names);
            if (!words.isEmpty()) {
                spec.remove(option);
                // local, since each subcommand has its own copy already
                spec.add(option.toBuilder()
                        .scopeType(ScopeType.LOCAL)
                        .completionCandidates(words)
                        .build());
            }
        }
        command.getSubcommands().values().forEach(child -> addTo(child, names));
    }

    private static List<String> words(ArgSpec argument, Map<String, List<String>> names) {
        Class<?> type = argument.auxiliaryTypes()[0];
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList()
                : names.getOrDefault(argument.paramLabel(), List.of());
    }
}
