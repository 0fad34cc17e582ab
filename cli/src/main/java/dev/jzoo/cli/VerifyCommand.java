package dev.jzoo.cli;

import dev.jzoo.cli.checks.MetricsCheck;
import dev.jzoo.cli.checks.ModelCheck;
import dev.jzoo.cli.checks.RunCheck;
import dev.jzoo.cli.checks.Verdict;
import dev.jzoo.cli.console.Progress;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo verify}: finds the models that are meant, and prints the verdicts. */
@Command(
        name = "verify",
        description = "Check models: digests against the manifest, structure, loading in ONNX Runtime, test data, card."
                + " Exits with 4 if a check fails.",
        footer = {
            "  jzoo verify mnist-logistic",
            "  jzoo verify --all --json",
            "  jzoo verify airline-lstm --metrics",
            "  jzoo verify airline.onnx --against runs/first"
        })
final class VerifyCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..*",
            description =
                    "A model of the zoo, an .onnx file, the folder of a model or a run, or a folder of published models.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Check every model of the zoo.")
    private boolean all;

    @Option(
            names = "--metrics",
            description = "Measure anew too: the card's metrics, from the recipe's data through ONNX Runtime.")
    private boolean metrics;

    @Option(
            names = "--against",
            paramLabel = "RUN",
            description =
                    "Hold one model against the trained network of a run's folder too, in the engine that trained it.")
    private Optional<String> against = Optional.empty();

    VerifyCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        List<String> wanted = new ArrayList<>(names);
        if (against.isPresent() && (all || wanted.size() != 1)) {
            throw new IllegalArgumentException("--against takes one model to hold against the run.");
        }
        if (all) {
            jzoo.zoo().list().stream().map(Listing::id).forEach(wanted::add);
        } else if (wanted.isEmpty()) {
            throw new IllegalArgumentException("Name a model, a file or a folder to verify, or --all.");
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (String name : wanted) {
            verdicts.addAll(against.isPresent() ? List.of(verify(name, against.get())) : verify(name));
        }
        jzoo.output().print(verdicts, out -> verdicts.forEach(verdict -> print(verdict, out)));
        boolean ok = verdicts.stream().allMatch(Verdict::ok);
        return ok ? 0 : JZooException.Code.INTEGRITY.exitCode();
    }

    private Verdict verify(String name, String run) throws IOException {
        List<Verdict> found = verify(name);
        if (found.size() != 1) {
            throw new IllegalArgumentException(name + " has " + found.size() + " models; name one of them.");
        }
        List<Verdict.CheckResult> checks = new ArrayList<>(found.get(0).checks());
        try (Progress progress = Progress.of(jzoo.output())) {
            checks.addAll(
                    RunCheck.of(new ModelLookup(jzoo).file(name), jzoo.host().path(run), jzoo.store(), progress));
        }
        return Verdict.of(found.get(0).id(), checks);
    }

    private List<Verdict> verify(String name) throws IOException {
        if (ModelReference.isElsewhere(name)) {
            return List.of(Verdict.of(name, checks(new ModelLookup(jzoo).file(name), Optional.empty())));
        }
        Path path = jzoo.host().path(name);
        if (ModelReference.isName(name)) {
            try {
                return List.of(verifyPublished(name));
            } catch (JZooException e) {
                if (e.code() != JZooException.Code.NOT_FOUND || !Files.exists(path)) {
                    throw e;
                }
            }
        }
        if (Files.isRegularFile(path.resolve(Manifest.FILE_NAME))) {
            return verifyFolder(path);
        }
        Path model = Files.isDirectory(path) ? ModelLookup.requireFolder(path).resolve(ModelLookup.FILE) : path;
        if (!Files.exists(model)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + path + ".", "Check the path for a slip.");
        }
        return List.of(Verdict.of(name, checks(model, listed(model))));
    }

    private List<Verdict.CheckResult> checks(Path model, Optional<Manifest.Entry> entry) throws IOException {
        List<Verdict.CheckResult> checks = new ArrayList<>(ModelCheck.of(model, entry));
        if (metrics && checks.stream().allMatch(Verdict.CheckResult::ok)) {
            try (Progress progress = Progress.of(jzoo.output())) {
                checks.add(MetricsCheck.of(model, jzoo.store(), progress));
            }
        }
        return checks;
    }

    /** A model whose files are not those of the manifest is a finding too, not a failure of the command. */
    private Verdict verifyPublished(String name) throws IOException {
        Listing listing = jzoo.zoo().show(name);
        String id = listing.id() + "@" + listing.version();
        try {
            PublishedModel pulled = new ModelLookup(jzoo).pull(id);
            return Verdict.of(id, checks(pulled.model(), Optional.of(listing.entry())));
        } catch (JZooException e) {
            if (e.code() != JZooException.Code.INTEGRITY) {
                throw e;
            }
            return Verdict.of(id, List.of(new Verdict.CheckResult("digest", false, e.getMessage())));
        }
    }

    private List<Verdict> verifyFolder(Path models) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Manifest.Entry entry :
                Manifest.read(models.resolve(Manifest.FILE_NAME)).entries()) {
            Path model = models.resolve(entry.file().path());
            verdicts.add(Verdict.of(entry.file().path(), checks(model, Optional.of(entry))));
        }
        return verdicts;
    }

    /** The entry of the manifest two folders up, where a model lies in a folder of published ones. */
    private static Optional<Manifest.Entry> listed(Path model) throws IOException {
        Path version = model.toAbsolutePath().normalize().getParent();
        Path id = version.getParent();
        Path models = id == null ? null : id.getParent();
        if (models == null || !Files.isRegularFile(models.resolve(Manifest.FILE_NAME))) {
            return Optional.empty();
        }
        return Manifest.read(models.resolve(Manifest.FILE_NAME))
                .find(id.getFileName().toString(), version.getFileName().toString());
    }

    private static void print(Verdict verdict, PrintWriter out) {
        out.println((verdict.ok() ? "ok      " : "FAILED  ") + verdict.id());
        verdict.checks()
                .forEach(check ->
                        out.printf("  %-6s  %-9s  %s%n", check.ok() ? "ok" : "FAILED", check.name(), check.detail()));
    }
}
