package dev.jzoo.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the language of {@code man} (man(7)). One page has all subcommands. */
public final class ManualPage {

    private final StringBuilder page = new StringBuilder();

    private ManualPage() {}

    /**
     * Returns the page for a command and its visible subcommands.
     *
     * @param release the version that the page is for: "0.2.0"
     * @param day when that was released: "2026-11-01"
     */
    public static String of(CommandLine command, String release, String day) {
        ManualPage written = new ManualPage();
        written.command(command, release, day);
        return written.page.toString();
    }

    private void command(CommandLine command, String release, String day) {
        String name = command.getCommandName();
        List<String> description =
                List.of(command.getCommandSpec().usageMessage().description());
        macro("TH", name.toUpperCase(Locale.ROOT), "1", day, name + " " + release, "User Commands");
        macro("SH", "NAME");
        line(text(name) + " \\- " + text(withoutFullStop(firstSentence(description))));
        macro("SH", "SYNOPSIS");
        synopsis(command);
        macro("SH", "OPTIONS OF EVERY COMMAND");
        options(command, List.of());
        macro("SH", "COMMANDS");
        subcommands(command, names(command.getCommandSpec()));
        footer(command);
    }

    private void subcommands(CommandLine command, List<String> shared) {
        for (CommandLine child : visible(command)) {
            CommandSpec spec = child.getCommandSpec();
            macro("SS", spec.qualifiedName());
            synopsis(child);
            for (String paragraph : spec.usageMessage().description()) {
                macro("PP");
                line(text(plain(paragraph)));
            }
            for (PositionalParamSpec argument : spec.positionalParameters()) {
                macro("TP");
                line("\\fI" + text(argument.paramLabel()) + "\\fR");
                line(text(plain(String.join(" ", argument.description()))));
            }
            options(child, shared);
            List<String> examples = lines(spec.usageMessage().footer());
            if (!examples.isEmpty() && visible(child).isEmpty()) {
                macro("PP");
                line("Examples:");
                verbatim(examples);
            }
            subcommands(child, shared);
        }
    }

    /** Writes the usage line of {@code --help}; man breaks it. */
    private void synopsis(CommandLine command) {
        String words = command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
        line(text(words).replaceFirst("^(" + text(command.getCommandSpec().qualifiedName()) + ")", "\\\\fB$1\\\\fR"));
    }

    private void options(CommandLine command, List<String> shared) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden() && !shared.contains(option.longestName())) {
                macro("TP");
                String names = Arrays.stream(option.names())
                        .map(name -> "\\fB" + text(name) + "\\fR")
                        .collect(Collectors.joining(", "));
                line(option.arity().max() == 0 ? names : names + "=\\fI" + text(option.paramLabel()) + "\\fR");
                line(text(plain(String.join(" ", option.description()))));
            }
        }
    }

    /** Writes the examples, then each part of the help's end under its own heading, such as "Exit codes:". */
    private void footer(CommandLine command) {
        List<String> part = new ArrayList<>();
        String heading = "EXAMPLES";
        for (String line : lines(command.getCommandSpec().usageMessage().footer())) {
            if (line.endsWith(":") && !line.startsWith(" ")) {
                part(heading, part);
                part.clear();
                heading = withoutFullStop(line.toUpperCase(Locale.ROOT));
            } else {
                part.add(line);
            }
        }
        part(heading, part);
    }

    private void part(String heading, List<String> lines) {
        macro("SH", heading);
        verbatim(lines);
    }

    private void verbatim(List<String> lines) {
        macro("nf");
        lines.forEach(line -> line(text(line)));
        macro("fi");
    }

    private void macro(String name, String... words) {
        page.append('.').append(name);
        for (String word : words) {
            page.append(" \"").append(text(word).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void line(String line) {
        page.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "")
                .append(line)
                .append('\n');
    }

    /** Escapes what troff would read as a command. A hyphen stays one that can be copied into a shell. */
    private static String text(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    private static List<String> lines(String[] paragraphs) {
        return Arrays.stream(paragraphs)
                .flatMap(paragraph -> plain(paragraph).lines())
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** Replaces picocli's signs for a new line, a percent sign and a style. */
    private static String plain(String text) {
        return Ansi.OFF.string(text).replace("%n", "\n").replace("%%", "%");
    }

    private static String withoutFullStop(String sentence) {
        return sentence.replaceFirst("[.:]$", "");
    }

    /** Returns the longest name of each option. */
    static List<String> names(CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).toList();
    }

    static String firstSentence(List<String> description) {
        String all = plain(String.join(" ", description)).strip();
        int end = all.indexOf(". ");
        return withoutFullStop(end < 0 ? all : all.substring(0, end));
    }

    static Collection<CommandLine> visible(CommandLine command) {
        return command.getSubcommands().values().stream()
                .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                .toList();
    }
}
