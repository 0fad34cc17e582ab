package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.zoo.FetchedModel;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo pull}. */
@Command(
        name = "pull",
        description = {"Download models into the cache.", "Checks every file and prints the paths of the models."},
        footer = {"  jzoo pull mnist-logistic", "  jzoo pull mnist-logistic airline-lstm@1.0.0"})
final class PullCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "Names of models of the zoo, optionally with a version; or references to other models:"
                    + " onnx:NAME[@OPSET] (ONNX Hub), hf:OWNER/NAME[@REVISION][/PATH] (Hugging Face),"
                    + " mvn:GROUP:ARTIFACT:VERSION[/NAME] (Maven repository), or https://HOST/PATH#sha256=DIGEST."
                    + " Every command"
                    + " that takes a model accepts these.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--trust",
            description =
                    "Accept a file from an address without a digest. Later downloads must have the same contents.")
    private boolean trust;

    PullCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Pulled(String id, String version, String folder, String model, long bytes, Sha256 sha256) {
        static Pulled of(FetchedModel model) {
            return new Pulled(
                    model.published()
                            .map(PublishedModel::id)
                            .orElse(model.reference().toString()),
                    model.published().map(PublishedModel::version).orElse(""),
                    model.model().getParent().toString(),
                    model.model().toString(),
                    model.bytes(),
                    model.sha256());
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Pulled> pulled = new ArrayList<>();
        Zoo.Trust trusted = trust ? Zoo.Trust.FIRST : Zoo.Trust.NONE;
        for (String name : names) {
            ModelReference reference = UsageException.unlessRefused(() -> ModelReference.parse(name));
            try (Progress progress = Progress.of(jzoo.output())) {
                pulled.add(Pulled.of(jzoo.zoo().fetch(reference, trusted, progress)));
            }
        }
        jzoo.output().print(pulled, out -> pulled.forEach(model -> out.println(model.model)));
        return 0;
    }
}
