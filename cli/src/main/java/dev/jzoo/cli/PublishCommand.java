package dev.jzoo.cli;

import dev.jzoo.cli.console.UsageException;
import dev.jzoo.export.ManifestContents;
import dev.jzoo.export.verification.ModelCheck;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.publishing.Publisher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo publish}. */
@Command(
        name = "publish",
        description = {
            "Add the model of a run to a folder of published models.",
            "Verifies the model, copies it and adds it to the folder's manifest. A published version never"
                    + " changes."
        },
        footer = {"  jzoo publish runs/airline --to models"})
final class PublishCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "RUN", description = "The folder of a run or of a model.")
    private Path run = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Folder of published models (default: zoo/models in JZoo's sources).")
    private Optional<Path> to = Optional.empty();

    PublishCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record PublishResult(String id, String version, String folder, long bytes, Sha256 sha256) {}

    @Override
    public Integer call() throws IOException {
        Path folder = ModelLookup.requireFolder(run);
        Path target = to.orElseThrow(() ->
                new UsageException("The default folder zoo/models does not exist here; set the folder with --to."));
        Path file = folder.resolve(ModelLookup.FILE);
        ModelCheck.requireSound(file, "published");
        PublishedModel model = Publisher.into(target).publish(folder, ManifestContents.of(file));
        PublishResult published = new PublishResult(
                model.id(), model.version(), model.folder().toString(), model.bytes(), model.sha256());
        jzoo.output()
                .print(
                        published,
                        out -> out.println(
                                "Published " + published.id + " " + published.version + " in " + published.folder));
        return 0;
    }
}
