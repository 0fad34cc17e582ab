package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo mirror}. */
@Command(
        name = "mirror",
        description = {
            "Copy models into a folder to use as a mirror.",
            "Set " + Settings.MIRROR
                    + " to the folder on this machine or on one without a network, or serve it over HTTP."
        },
        footer = {"  jzoo mirror --to mirror mnist-logistic airline-lstm"})
final class MirrorCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "MODEL",
            arity = "0..*",
            description = "Names or references, as for 'jzoo pull' (default: every model of the zoo).")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "The mirror's folder. It is created if needed.")
    private Path to = Path.of("");

    MirrorCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Mirrored(String folder, List<String> models) {}

    @Override
    public Integer call() throws IOException {
        List<String> wanted =
                names.isEmpty() ? jzoo.zoo().list().stream().map(Listing::id).toList() : names;
        List<ModelReference> references = UsageException.unlessRefused(
                () -> wanted.stream().map(ModelReference::parse).toList());
        try (Progress progress = Progress.of(jzoo.output())) {
            jzoo.zoo().mirror(references, to, progress);
        }
        List<String> models = references.stream().map(ModelReference::toString).toList();
        Mirrored mirrored = new Mirrored(to.toString(), models);
        jzoo.output()
                .print(
                        mirrored,
                        out -> out.println(
                                to + " has " + String.join(", ", models) + ": " + Settings.MIRROR + "=" + to));
        return 0;
    }
}
