package dev.jzoo.inference;

import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells the name of a model in the zoo from a path. */
final class ModelSource {

    /** An id as in {@link dev.jzoo.zoo.ModelCard}, perhaps with a version. A file of such a name is "./name". */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(@.+)?");

    private ModelSource() {}

    /** The file of a model: pulled where it is a name, else as it is; of a folder, the model.onnx in it. */
    static Path locate(String idOrPath) throws IOException {
        return locate(idOrPath, Zoo.standard());
    }

    static Path locate(String idOrPath, Zoo zoo) throws IOException {
        if (NAME.matcher(idOrPath).matches()) {
            return zoo.pull(idOrPath, ProgressListener.NONE).model();
        }
        Path path = Path.of(idOrPath);
        Path inside = path.resolve("model.onnx");
        return Files.isRegularFile(inside) ? inside : path;
    }
}
