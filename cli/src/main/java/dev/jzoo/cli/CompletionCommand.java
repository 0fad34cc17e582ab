package dev.jzoo.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo completion}. Both shells use the same script; zsh loads it with its bashcompinit. */
@Command(
        name = "completion",
        description = {
            "Print a script that completes commands and options with the Tab key.",
            "To load it in each shell, add 'source <(jzoo completion bash)' to ~/.bashrc or ~/.zshrc."
        },
        footer = {"  jzoo completion bash", "  jzoo completion zsh"})
final class CompletionCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    /** Supported shells. */
    enum Shell {
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "Your shell, one of ${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    CompletionCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Script(Shell shell, String script) {}

    @Override
    public Integer call() {
        CommandLine commands = jzoo.commandLine();
        Script script = new Script(shell, AutoComplete.bash("jzoo", commands));
        jzoo.output().print(script, out -> out.print(script.script));
        return 0;
    }
}
