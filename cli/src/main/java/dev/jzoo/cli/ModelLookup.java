package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.zoo.FetchedModel;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the model that a user names: one of the zoo or of another hub, an {@code .onnx} file, or a folder that has one.
 *
 * @param jzoo whose zoo is looked into
 */
public record ModelLookup(JzooCommand jzoo) {

    public static final String FILE = "model.onnx";

    /** Where runs are kept unless somebody says otherwise. */
    static final String RUNS = "runs";

    /** The model of the zoo, downloaded if need be. */
    PublishedModel pull(String name) throws IOException {
        try (Progress progress = Progress.of(jzoo.output())) {
            return jzoo.zoo().pull(name, progress);
        }
    }

    /** The model that a reference means, of the zoo or of another hub, downloaded if need be. */
    FetchedModel fetch(ModelReference reference, Zoo.Trust trust) throws IOException {
        try (Progress progress = Progress.of(jzoo.output())) {
            return jzoo.zoo().fetch(reference, trust, progress);
        }
    }

    /** The {@code .onnx} file. A name that the zoo does not know may be a path after all, or a run of one's own. */
    Path file(String nameOrPath) throws IOException {
        if (ModelReference.isElsewhere(nameOrPath)) {
            return fetch(ModelReference.parse(nameOrPath), Zoo.Trust.NONE).model();
        }
        Path path = jzoo.host().path(nameOrPath);
        if (ModelReference.isName(nameOrPath)) {
            try {
                return pull(nameOrPath).model();
            } catch (JZooException e) {
                Path run = jzoo.host().path(RUNS).resolve(nameOrPath);
                path = Files.exists(path) || folder(run).isEmpty() ? path : run;
                if (e.code() != JZooException.Code.NOT_FOUND || !Files.exists(path)) {
                    throw e;
                }
            }
        }
        return folder(path).map(folder -> folder.resolve(FILE)).orElse(path);
    }

    /** The folder of a model that a path means: itself, or {@code model} in the folder of a run. */
    static Optional<Path> folder(Path path) {
        for (Path folder : new Path[] {path, path.resolve("model")}) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** As {@link #folder}, or a failure that says what was expected. */
    static Path requireFolder(Path path) {
        return folder(path)
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        Files.isDirectory(path)
                                ? "The folder " + path + " has no " + FILE + ", nor has a folder 'model' in it."
                                : "There is no folder " + path + ".",
                        "Name the folder of a training run, or a model's own."));
    }
}
