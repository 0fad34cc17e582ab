package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo pack}. */
@Command(
        name = "pack",
        description = {
            "Pack models into a jar for an application.",
            "With the jar on its class path, the application opens the models by name, without a network."
        },
        footer = {"  jzoo pack mnist-logistic --maven org.example:digits:1.0 --to repository"})
final class PackCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "Names of models, optionally with a version: mnist-logistic@1.0.0.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--maven",
            paramLabel = "GROUP:ARTIFACT:VERSION",
            required = true,
            description = "Coordinates of the jar.")
    private String coordinates = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            description = "Folder with the layout of a Maven repository. It is created if needed.")
    private Path to = Path.of("");

    PackCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Packed(String jar, Sha256 sha256, List<String> models) {}

    @Override
    public Integer call() throws IOException {
        ModelReference reference = UsageException.unlessRefused(() -> ModelReference.parse("mvn:" + coordinates));
        if (!(reference instanceof ModelReference.InMaven artifact)
                || !artifact.id().isEmpty()) {
            throw new UsageException("--maven expects GROUP:ARTIFACT:VERSION, not '" + coordinates + "'.");
        }
        Path jar;
        try (Progress progress = Progress.of(jzoo.output())) {
            jar = jzoo.zoo().pack(names, artifact, to, progress);
        }
        Packed packed = new Packed(jar.toString(), Sha256.of(jar), names);
        jzoo.output().print(packed, out -> out.println(jar));
        return 0;
    }
}
