package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.shell.ManualPage;
import dev.jzoo.zoo.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a distribution that no other step of the build makes. {@code mvn -Pdist package} runs this class. */
final class DistributionFiles {

    /** The file that zsh loads at the first completion. It registers the function for bash, then calls it for this first time. */
    private static final String ZSH = """
            #compdef jzoo
            %s
            _bash_complete -o default -F _complete_jzoo
            """;

    private DistributionFiles() {}

    /**
     * Writes the manual page and the completion scripts, and takes the natives of other platforms out of the jars.
     *
     * @param arguments the root of the checkout, the folder to fill, which has the jars in lib/, the platform as DJL names it, and
     *     the time of the release
     */
    public static void main(String[] arguments) throws IOException {
        Path checkout = Path.of(arguments[0]);
        Path target = Path.of(arguments[1]);
        write(target.resolve("share/man/man1/jzoo.1"), manualPage(arguments[3].substring(0, 10)));
        JzooCommand jzoo = jzoo(Optional.of(checkout));
        String bash = CompletionCommand.script(jzoo, CompletionCommand.Shell.bash);
        write(target.resolve("share/bash-completion/completions/jzoo"), bash);
        write(target.resolve("share/zsh/site-functions/_jzoo"), ZSH.formatted(bash));
        write(
                target.resolve("share/fish/vendor_completions.d/jzoo.fish"),
                CompletionCommand.script(jzoo, CompletionCommand.Shell.fish));
        try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
            for (Path jar : jars.toList()) {
                PlatformJar.strip(jar, arguments[2]);
            }
        }
    }

    /** Returns the page. It is written without a checkout, so that no default is a folder of the machine that builds it. */
    private static String manualPage(String day) {
        return ManualPage.of(jzoo(Optional.empty()).commandLine(), Version.CURRENT.toString(), day);
    }

    private static JzooCommand jzoo(Optional<Path> checkout) {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        Path nothing = Path.of("no-such-folder");
        Map<String, String> environment = Map.of("JZOO_HOME", nothing.toString(), "JZOO_OFFLINE", "1");
        return new JzooCommand(new Host(nowhere, nowhere, environment, nothing, checkout, Set.of(), 80));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
