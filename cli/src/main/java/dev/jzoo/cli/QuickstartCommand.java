package dev.jzoo.cli;

import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.RecordedCommand;
import dev.jzoo.cli.options.RunsOption;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code jzoo quickstart}: runs the commands that a new user would type, and shows each of them. */
@Command(
        name = "quickstart",
        description = {
            "Try every step in a few minutes, without a network.",
            "It runs a published model, trains a model in Java, exports it to ONNX, verifies it, and forecasts with it. It"
                    + " prints the command of each step."
        },
        footer = {"  jzoo quickstart"})
final class QuickstartCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Number of epochs of the training (default: the recipe's).")
    private Optional<Integer> epochs = Optional.empty();

    QuickstartCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** A command with its exit code and duration. */
    private record QuickstartStep(String command, int exitCode, double seconds) {}

    private record QuickstartDocument(
            boolean ok,
            List<QuickstartStep> steps,
            List<ForecastScore> scores,
            String run,
            String report,
            double seconds) {}

    @Override
    public Integer call() throws IOException {
        long begin = System.nanoTime();
        String name = freeName();
        String run = Path.of(runs.typed(), name).toString();
        List<QuickstartStep> steps = new ArrayList<>();
        boolean ok = step(steps, "Run a published model on pictures of digits:", pictures())
                && step(steps, "Train a model in Java with DJL, and export it to ONNX:", training(name))
                && step(steps, "Verify the model: digest, structure, test vectors, card:", List.of("verify", run))
                && step(
                        steps,
                        "Copy the ONNX file, to use it anywhere:",
                        List.of(
                                "export",
                                run,
                                "--out",
                                Path.of(run, "airline.onnx").toString()))
                && step(
                        steps,
                        "Forecast the next 12 months with that file:",
                        List.of("run", Path.of(run, "airline.onnx").toString(), "--steps", "12"));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Path report = jzoo.host().path(run).resolve("report").resolve("index.html");
        List<ForecastScore> scores = ok ? ForecastScore.of(card(run)) : List.of();
        QuickstartDocument document =
                new QuickstartDocument(ok, steps, scores, run, Files.exists(report) ? report.toString() : "", seconds);
        jzoo.output().print(document, text -> print(document, text));
        return steps.get(steps.size() - 1).exitCode;
    }

    private ModelCard card(String run) throws IOException {
        return CardPage.read(jzoo.host().path(run).resolve("model").resolve(PublishableFolder.README));
    }

    private static void print(QuickstartDocument document, PrintWriter out) {
        out.println();
        if (document.ok) {
            out.println("Its error one month ahead, in thousand passengers, on months that it was not");
            out.println("trained on, and that of forecasts without a network:");
            ForecastScore.print(document.scores, out);
            out.println();
            out.println(
                    "Done in " + ReadableNumbers.seconds(document.seconds) + ". The run is in " + document.run + ".");
            if (!document.report.isEmpty()) {
                out.println("Open its report in a browser, with curves and the forecast:");
                out.println("  " + document.report);
            }
            out.println("See all commands: jzoo --help");
        }
    }

    /** Runs a command. With {@code --json}, stdout is for the one document, so the step prints to stderr. */
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
        List<String> command =
                new ArrayList<>(List.of("train", "airline-lstm-12", "--out", runs.typed(), "--name", name));
        epochs.ifPresent(n -> command.addAll(List.of("--epochs", n.toString())));
        return command;
    }

    private List<String> pictures() throws IOException {
        Path folder = Optional.of(jzoo.host().path("docs/pictures"))
                .filter(Files::isDirectory)
                .or(() -> jzoo.host().checkout().map(sources -> sources.resolve("docs/pictures")))
                .filter(Files::isDirectory)
                .orElseThrow(() ->
                        new UsageException("There are no docs/pictures here; run the quickstart in a clone of JZoo."));
        List<String> command = new ArrayList<>(List.of("run", "mnist-logistic"));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".png"))
                    .sorted()
                    .limit(2) // the command fits into 80 columns
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
