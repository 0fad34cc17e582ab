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
 * The search for a model by the text that a user writes: a name in the zoo, a reference to another hub, an {@code .onnx} file, or
 * a folder that has one.
 *
 * <p>A text in the form of a name stands for a model of the zoo. A file, folder or run with that name is found only if the zoo
 * has no such model. {@code ./name} always stands for the path.
 *
 * @param zoo the zoo that names and references are looked up in
 * @param folder the folder that relative paths start from
 * @param runs folders of training runs, searched last; may be empty
 */
public record ModelLookup(Zoo zoo, Path folder, List<Path> runs) {

    /** The name of the model's file in its folder. */
    public static final String FILE = PublishableFolder.MODEL;

    public ModelLookup {
        Objects.requireNonNull(zoo, "zoo");
        Objects.requireNonNull(folder, "folder");
        runs = List.copyOf(runs);
    }

    /** Returns a lookup in a zoo and the working folder, without training runs. */
    public static ModelLookup of(Zoo zoo) {
        return new ModelLookup(zoo, Path.of(""), List.of());
    }

    /**
     * Finds the {@code .onnx} file, and fetches it if needed. A path is returned unchanged, whether or not it exists.
     *
     * @param nameOrPath a reference as {@link ModelReference#parse} reads it, or the path of a file or of a folder that
     *     {@link #folderOf} accepts
     * @param listener notified of each file that is fetched
     * @throws JZooException NOT_FOUND if the name matches nothing; others as {@link Zoo#fetch(String, ProgressListener)}
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
     * Returns the name of the tensor that the zoo lists as a model's features: the input of its last layer. Empty if the zoo does
     * not know the model, or lists no features for it.
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
            return Optional.empty(); // the name of a file
        }
    }

    /** Returns the folder of the model at a path: the path itself, or {@code model} in the folder of a training run. */
    public static Optional<Path> folderOf(Path path) {
        for (Path candidate : List.of(path, path.resolve("model"))) {
            if (Files.isRegularFile(candidate.resolve(FILE))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the folder of the model at a path, like {@link #folderOf}, but fails if there is none.
     *
     * @throws JZooException NOT_FOUND with the expected layout
     */
    public static Path requireFolder(Path path) {
        return folderOf(path)
                .orElseThrow(() -> new JZooException(
                        JZooException.Code.NOT_FOUND,
                        Files.isDirectory(path)
                                ? "The folder " + path + " has no " + FILE + " and no folder 'model' with one."
                                : "There is no folder " + path + ".",
                        "Name the folder of a training run or of a model."));
    }
}
