package dev.jzoo.cli;

import dev.jzoo.cli.shell.CompletedNames;
import dev.jzoo.cli.shell.FishCompletion;
import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.catalogue.DataSets;
import dev.jzoo.training.Engine;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo completion}. Bash and zsh use the same script; zsh loads it with its bashcompinit. */
@Command(
        name = "completion",
        description = {
            "Print a script that completes commands, options and names of models with the Tab key.",
            "To load it in each shell, add 'source <(jzoo completion bash)' to ~/.bashrc or ~/.zshrc,",
            "or 'jzoo completion fish | source' to fish's config.fish."
        },
        footer = {"  jzoo completion bash", "  jzoo completion zsh", "  jzoo completion fish"})
final class CompletionCommand implements Callable<Integer> {

    /** A line of picocli's script, without which bash offers files where no name fits: a model may be a file. */
    private static final String NO_FILES = "  type compopt &>/dev/null && compopt +o default\n";

    private final JzooCommand jzoo;

    /** Supported shells. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(paramLabel = "SHELL", description = "Your shell, one of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    CompletionCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Script(Shell shell, String script) {}

    @Override
    public Integer call() {
        Script script = new Script(shell, script(jzoo, shell));
        jzoo.output().print(script, out -> out.print(script.script));
        return 0;
    }

    /** Returns the script for a shell, with the names of all models that are found without a network. */
    static String script(JzooCommand jzoo, Shell shell) {
        CommandLine commands = jzoo.commandLine();
        CompletedNames.addTo(
                commands,
                Map.of(
                        "MODEL", models(jzoo.settings()),
                        "DATASET", DataSets.all().stream().map(DataSet::id).toList(),
                        "ENGINE", Engine.all().stream().map(Engine::id).toList(),
                        "MODE", List.of("head", "full", "scratch"),
                        "DEVICE", List.of("cpu", "cuda", "auto")));
        return shell == Shell.fish
                ? FishCompletion.of(commands)
                : AutoComplete.bash("jzoo", commands).replace(NO_FILES, "");
    }

    private static List<String> models(Settings settings) {
        Settings offline = new Settings(settings.home(), settings.mirrors(), settings.zoos(), settings.hubs(), true);
        return Zoo.open(offline).list().stream().map(Listing::id).toList();
    }
}
