package dev.jzoo.zoo;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The search for a model that a user names: one of the zoo or of another hub, an {@code .onnx} file, or a folder that has
 * one.
 *
 * <p>A text in the form of a name means a model of the zoo. A file, a folder or a run of that name is found only if the zoo
 * has no such model; {@code ./name} always means the path.
 *
 * @param zoo where names and references are looked up
 * @param folder that relative paths start from
 * @param runs folders of training runs, in which names are looked for last; may be empty
 */
public record ModelLookup(Zoo zoo, Path folder, List<Path> runs) {

    /** The name of the model's file in its folder. */
    public static final String FILE = PublishableFolder.MODEL;

    public ModelLookup {
        Objects.requireNonNull(zoo, "zoo");
        Objects.requireNonNull(folder, "folder");
        runs = List.copyOf(runs);
    }

    /** Looks into a zoo and into the working folder, but not for runs. */
    public static ModelLookup of(Zoo zoo) {
        return new ModelLookup(zoo, Path.of(""), List.of());
    }

    /**
     * Finds the {@code .onnx} file, and fetches it where needed. A path is returned as it is, whether or not it exists.
     *
     * @param nameOrPath a reference as {@link ModelReference#parse} reads it, or the path of a file or of a folder as
     *     {@link #folderOf} takes it
     * @param listener hears of each file that is fetched
     * @throws JZooException NOT_FOUND for a name that nothing has; others as {@link Zoo#fetch(String, ProgressListener)}
     */
    public Path file(String nameOrPath, ProgressListener listener) throws IOException {
        if (ModelReference.isElsewhere(nameOrPath)) {
            return zoo.fetch(nameOrPath, listener).model();
        }
        Path path = folder.resolve(nameOrPath);
        if (ModelReference.isName(nameOrPath)) {
            try {
                return zoo.pull(nameOrPath, listener).model();
            } catch (JZooException e) {
                path = Files.exists(path) ? path : run(nameOrPath).orElse(path);
                if (e.code() != JZooException.Code.NOT_FOUND || !Files.exists(path)) {
                    throw e;
                }
            }
        }
        return folderOf(path).map(found -> found.resolve(FILE)).orElse(path);
    }

    private Optional<Path> run(String name) {
        return runs.stream()
                .map(parent -> parent.resolve(name))
                .filter(run -> folderOf(run).isPresent())
                .findFirst();
    }

    /**
     * Returns the name of the tensor that the zoo lists as the features of a model: the input of its last layer. Empty for a
     * model that the zoo does not know, or that has none.
     */
    public Optional<String> features(String nameOrPath) {
        if (!ModelReference.isName(nameOrPath)) {
            return Optional.empty();
        }
        try {
            return zoo.show(nameOrPath).entry().features().stream()
                    .map(Manifest.ManifestTensor::name)
                    .findFirst();
        } catch (JZooException e) {
            return Optional.empty(); // a file of that name
        }
    }

    /** Returns the folder of the model that a path means: itself, or {@code model} in the folder of a run. */
    public static Optional<Path> folderOf(Path path) {
        for (Path candidate : List.of(path, path.resolve("model"))) {
            if (Files.isRegularFile(candidate.resolve(FILE))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * As {@link #folderOf}, for a path that must have a model.
     *
     * @throws JZooException NOT_FOUND, saying what was expected
     */
    public static Path requireFolder(Path path) {
        return folderOf(path)
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        Files.isDirectory(path)
                                ? "The folder " + path + " has no " + FILE + ", nor has a folder 'model' in it."
                                : "There is no folder " + path + ".",
                        "Name the folder of a training run, or a model's own."));
    }
}
