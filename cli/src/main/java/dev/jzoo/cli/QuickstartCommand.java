package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.cli.options.RunsOption;
import dev.jzoo.zoo.card.ReadableNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jzoo quickstart}: types the commands that a new user would, so that the user can type them again. */
@Command(
        name = "quickstart",
        description =
                "See everything once, in a few minutes and without a network: run a published model, train another one"
                        + " in Java, export it to ONNX, verify it, use it. Shows the command of each step.",
        footer = {"  jzoo quickstart"})
final class QuickstartCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(names = "--epochs", paramLabel = "N", description = "Fewer epochs than the recipe's, for those in a hurry.")
    private Optional<Integer> epochs = Optional.empty();

    QuickstartCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** A step, as it was typed and as it ended. */
    private record QuickstartStep(String command, int exitCode, double seconds) {}

    private record QuickstartDocument(
            boolean ok, List<QuickstartStep> steps, String run, String report, double seconds) {}

    @Override
    public Integer call() throws IOException {
        long begin = System.nanoTime();
        String name = freeName();
        String run = Path.of(runs.typed(), name).toString();
        List<QuickstartStep> steps = new ArrayList<>();
        boolean ok = step(steps, "A published model, in the jar, on pictures of digits:", pictures())
                && step(
                        steps,
                        "A model trained here, in Java, with DJL. It is exported to ONNX and compared with ONNX Runtime:",
                        training(name))
                && step(steps, "Digest, structure, test data and card of what came out:", List.of("verify", run))
                && step(
                        steps,
                        "The ONNX file, to take anywhere:",
                        List.of(
                                "export",
                                run,
                                "--out",
                                Path.of(run, "airline.onnx").toString()))
                && step(
                        steps,
                        "The next 12 months, by that file alone:",
                        List.of("run", Path.of(run, "airline.onnx").toString(), "--steps", "12"));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Path report = jzoo.host().path(run).resolve("report").resolve("index.html");
        QuickstartDocument document =
                new QuickstartDocument(ok, steps, run, Files.exists(report) ? report.toString() : "", seconds);
        jzoo.output().print(document, text -> {
            text.println();
            if (ok) {
                text.println("Done in " + ReadableNumbers.seconds(seconds) + ". The run is in " + run + ".");
                if (!document.report.isEmpty()) {
                    text.println(
                            "Open " + document.report + " in a browser: curves, and the forecast beside the truth.");
                }
                text.println("What else there is: jzoo --help");
            }
        });
        return steps.get(steps.size() - 1).exitCode;
    }

    /** With {@code --json} stdout is for the one document, so what the steps print goes to stderr. */
    private boolean step(List<QuickstartStep> steps, String what, List<String> command) {
        Host host = jzoo.host();
        Host printing = jzoo.output().form() == Output.OutputFormat.JSON ? host.withOut(host.err()) : host;
        String typed = RecordedCommand.typed(command);
        printing.out().println();
        printing.out().println(what);
        printing.out().println("$ " + typed);
        printing.out().flush();
        long begin = System.nanoTime();
        int exitCode = new JzooCommand(printing).execute(command.toArray(String[]::new));
        steps.add(new QuickstartStep(typed, exitCode, (System.nanoTime() - begin) / 1e9));
        return exitCode == 0;
    }

    private List<String> training(String name) {
        List<String> command = new ArrayList<>(List.of("train", "airline-lstm", "--out", runs.typed(), "--name", name));
        epochs.ifPresent(n -> command.addAll(List.of("--epochs", n.toString())));
        return command;
    }

    private List<String> pictures() throws IOException {
        Path folder = Optional.of(jzoo.host().path("docs/pictures"))
                .filter(Files::isDirectory)
                .or(() -> jzoo.host().checkout().map(sources -> sources.resolve("docs/pictures")))
                .filter(Files::isDirectory)
                .orElseThrow(() -> new UsageException(
                        "There are no docs/pictures here; run the quickstart in a checkout of JZoo."));
        List<String> command = new ArrayList<>(List.of("run", "mnist-logistic"));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .map(file -> file.startsWith(jzoo.host().folder())
                            ? jzoo.host().folder().relativize(file)
                            : file)
                    .forEach(file -> command.add(file.toString()));
        }
        command.addAll(List.of("--top", "1"));
        return command;
    }

    private String freeName() {
        for (int i = 1; ; i++) {
            String name = i == 1 ? "quickstart" : "quickstart-" + i;
            if (!Files.exists(jzoo.host().path(runs.typed()).resolve(name))) {
                return name;
            }
        }
    }
}
