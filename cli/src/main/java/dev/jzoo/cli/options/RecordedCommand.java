package dev.jzoo.cli.options;

import dev.jzoo.training.ShellWord;
import dev.jzoo.zoo.download.PublicAddress;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The command that makes a model again, for the model's card: the parsed command line without options that do not affect
 * the model.
 */
public final class RecordedCommand {

    private RecordedCommand() {}

    /** Writes the command that was parsed, with its options in the order of the help. */
    public static String of(ParseResult parsed) {
        List<String> words = new ArrayList<>();
        parsed.matchedPositionals()
                .forEach(parameter ->
                        parameter.originalStringValues().forEach(value -> words.add(PublicAddress.of(value))));
        for (OptionSpec option : parsed.commandSpec().options()) {
            values(option, parsed).forEach(value -> {
                words.add(option.longestName());
                if (option.arity().max() > 0) {
                    words.add(PublicAddress.of(value)); // the command is published with the model
                }
            });
        }
        return parsed.commandSpec().qualifiedName()
                + words.stream().map(word -> " " + ShellWord.quoted(word)).collect(Collectors.joining());
    }

    /** Returns whether an option that affects the model was set. */
    public static boolean decides(ParseResult parsed) {
        return parsed.matchedOptions().stream().anyMatch(option -> !isUnrecorded(option));
    }

    /** Writes a command line as the user would type it. */
    public static String typed(List<String> words) {
        return "jzoo" + words.stream().map(word -> " " + ShellWord.quoted(word)).collect(Collectors.joining());
    }

    private static List<String> values(OptionSpec option, ParseResult parsed) {
        Object value = option.getValue() instanceof Optional<?> optional ? optional.orElse(null) : option.getValue();
        if (value == null || value.equals(false) || isUnrecorded(option)) {
            return List.of();
        }
        // Numbers in Java's form, so that 5e-4 and 0.0005 are one command; paths and names as they were typed.
        List<String> values = value instanceof Number || !parsed.hasMatchedOption(option)
                ? List.of(value.toString())
                : option.originalStringValues();
        boolean usual = values.equals(List.of(option.defaultValueString()));
        return usual && when(option).isEmpty() ? List.of() : values;
    }

    private static boolean isUnrecorded(OptionSpec option) {
        return when(option).equals(Optional.of(Recorded.When.NEVER));
    }

    private static Optional<Recorded.When> when(OptionSpec option) {
        if (option.inherited() || option.usageHelp() || option.versionHelp()) {
            return Optional.of(Recorded.When.NEVER);
        }
        return option.userObject() instanceof AnnotatedElement field && field.isAnnotationPresent(Recorded.class)
                ? Optional.of(field.getAnnotation(Recorded.class).value())
                : Optional.empty();
    }
}
