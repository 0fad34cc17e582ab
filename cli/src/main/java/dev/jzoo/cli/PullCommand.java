package dev.jzoo.cli;

import dev.jzoo.zoo.PublishedModel;
import dev.jzoo.zoo.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo pull}. */
@Command(
        name = "pull",
        description = "Fetch models into the cache and check every file. Prints where they are.",
        footer = {"  jzoo pull mnist-logistic", "  jzoo pull mnist-logistic airline-lstm@1.0.0"})
final class PullCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "Names, perhaps with a version.")
    private List<String> names = new ArrayList<>();

    PullCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record Pulled(String id, String version, String folder, String model, long bytes, Sha256 sha256) {
        static Pulled of(PublishedModel model) {
            return new Pulled(
                    model.id(),
                    model.version(),
                    model.folder().toString(),
                    model.model().toString(),
                    model.bytes(),
                    model.sha256());
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Pulled> pulled = new ArrayList<>();
        for (String name : names) {
            pulled.add(Pulled.of(new Models(jzoo).pull(name)));
        }
        jzoo.output().print(pulled, out -> pulled.forEach(model -> out.println(model.model)));
        return 0;
    }
}
