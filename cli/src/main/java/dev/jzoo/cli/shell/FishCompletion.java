package dev.jzoo.cli.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion script for fish. picocli writes one for bash and zsh only. */
public final class FishCompletion {

    private final String name;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String name) {
        this.name = name;
    }

    /** Returns the script for a command and its visible subcommands. */
    public static String of(CommandLine command) {
        FishCompletion script = new FishCompletion(command.getCommandName());
        script.add(command, List.of(), List.of());
        String valued = command.getCommandSpec().options().stream()
                .filter(option -> option.arity().max() > 0)
                .map(OptionSpec::longestName)
                .collect(Collectors.joining(" "));
        return conditions().replace("NAME", script.name).replace("VALUED", valued) + String.join("\n", script.lines)
                + "\n";
    }

    /** Reads the functions that the script begins with. */
    private static String conditions() {
        try (InputStream functions = FishCompletion.class.getResourceAsStream("completion.fish")) {
            return new String(functions.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(CommandLine command, List<String> words, List<String> shared) {
        CommandSpec spec = command.getCommandSpec();
        String path = words.stream().map(word -> " " + word).collect(Collectors.joining());
        for (CommandLine child : ManualPage.visible(command)) {
            lines.add(line("__" + name + "_at" + path) + " -f -a " + child.getCommandName()
                    + described(child.getCommandSpec().usageMessage().description()));
        }
        String in = words.isEmpty() ? "complete -c " + name : line("__" + name + "_in" + path);
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !shared.contains(option.longestName())) {
                lines.add(in + names(option) + value(option) + described(option.description()));
            }
        }
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            String candidates = candidates(argument);
            if (!candidates.isEmpty()) {
                lines.add(in + " -a " + quoted(candidates));
            }
        }
        List<String> inherited = shared.isEmpty() ? ManualPage.names(spec) : shared;
        for (CommandLine child : ManualPage.visible(command)) {
            List<String> deeper = new ArrayList<>(words);
            deeper.add(child.getCommandName());
            add(child, deeper, inherited);
        }
    }

    private String line(String condition) {
        return "complete -c " + name + " -n " + quoted(condition);
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String typed : option.names()) {
            names.append(typed.startsWith("--") ? " -l " + typed.substring(2) : " -s " + typed.substring(1));
        }
        return names.toString();
    }

    /** Says what follows the option. Files are offered for a path, a model, which may be a file, and a text that may be anything. */
    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String candidates = candidates(option);
        Class<?> type = option.auxiliaryTypes()[0];
        boolean files = type == Path.class
                || option.paramLabel().equals("MODEL")
                || type == String.class && candidates.isEmpty();
        return (files ? " -r -F" : " -x") + (candidates.isEmpty() ? "" : " -a " + quoted(candidates));
    }

    private static String candidates(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        return candidates == null
                ? ""
                : StreamSupport.stream(candidates.spliterator(), false).collect(Collectors.joining(" "));
    }

    private static String described(String[] description) {
        String sentence = ManualPage.firstSentence(List.of(description));
        return sentence.isEmpty() ? "" : " -d " + quoted(sentence);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
