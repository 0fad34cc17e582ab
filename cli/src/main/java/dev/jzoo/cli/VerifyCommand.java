package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.export.verification.CheckResult;
import dev.jzoo.export.verification.ModelVerifier;
import dev.jzoo.export.verification.ModelVerifier.FurtherCheck;
import dev.jzoo.export.verification.Verdict;
import dev.jzoo.training.MetricsCheck;
import dev.jzoo.training.RunCheck;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo verify}. */
@Command(
        name = "verify",
        description = {
            "Check models against their digests and test vectors.",
            "Checks digests, structure, loading in ONNX Runtime, test vectors and card. Exits with 4 if a check"
                    + " fails."
        },
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
            description = "Also measure the card's metrics again, on the recipe's data in ONNX Runtime.")
    private boolean metrics;

    @Option(
            names = "--against",
            paramLabel = "RUN",
            description =
                    "Also compare one model with the trained network in a run's folder, run by the engine that trained it.")
    private Optional<Path> against = Optional.empty();

    VerifyCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        List<String> wanted = new ArrayList<>(names);
        if (against.isPresent() && (all || wanted.size() != 1)) {
            throw new UsageException("--against expects exactly one model to compare with the run.");
        }
        if (all) {
            jzoo.zoo().list().stream().map(Listing::id).forEach(wanted::add);
        } else if (wanted.isEmpty()) {
            throw new UsageException("Expected a model, a file or a folder to verify, or --all.");
        }
        for (String name : wanted) {
            JzooCommand.wellFormed(name);
        }
        List<Verdict> verdicts = new ArrayList<>();
        try (Progress progress = Progress.of(jzoo.output())) {
            ModelVerifier verifier = new ModelVerifier(jzoo.models(), further());
            for (String name : wanted) {
                List<Verdict> found = verifier.verify(name, progress);
                verdicts.addAll(against.isPresent() ? List.of(against(found, name, against.get(), progress)) : found);
            }
        }
        jzoo.output().print(verdicts, out -> print(verdicts, out));
        boolean ok = verdicts.stream().allMatch(Verdict::ok);
        return ok ? 0 : JZooException.Code.INTEGRITY.exitCode();
    }

    private FurtherCheck further() {
        Store store = jzoo.store();
        return metrics ? (model, listener) -> List.of(MetricsCheck.of(model, store, listener)) : FurtherCheck.NONE;
    }

    private Verdict against(List<Verdict> found, String name, Path run, Progress progress) throws IOException {
        if (found.size() != 1) {
            throw new UsageException(name + " has " + found.size() + " models; --against expects one of them.");
        }
        List<CheckResult> checks = new ArrayList<>(found.get(0).checks());
        checks.addAll(RunCheck.of(jzoo.models().file(name, progress), run, jzoo.store(), progress));
        return Verdict.of(found.get(0).id(), checks);
    }

    private static void print(List<Verdict> verdicts, PrintWriter out) {
        verdicts.forEach(verdict -> print(verdict, out));
        long unsupported = verdicts.stream().mapToLong(Verdict::unsupported).sum();
        if (unsupported > 0) {
            out.println(unsupported + (unsupported == 1 ? " check was" : " checks were") + " not supported here.");
        }
    }

    private static void print(Verdict verdict, PrintWriter out) {
        out.println((verdict.ok() ? "ok      " : "FAILED  ") + verdict.id());
        verdict.checks()
                .forEach(check -> out.printf(
                        "  %-6s  %-9s  %s%n",
                        !check.supported() ? "-" : check.ok() ? "ok" : "FAILED", check.name(), check.detail()));
    }
}
