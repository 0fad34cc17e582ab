package dev.jzoo.inference;

import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a reference to a model, of the zoo or of another hub, from a path. */
public final class ModelSource {

    private ModelSource() {}

    /** The file of a model: fetched where it is a reference, else as it is; of a folder, the model.onnx in it. */
    public static Path locate(String referenceOrPath) throws IOException {
        return locate(referenceOrPath, Zoo.standard());
    }

    public static Path locate(String referenceOrPath, Zoo zoo) throws IOException {
        if (ModelReference.isReference(referenceOrPath)) {
            return zoo.fetch(referenceOrPath, ProgressListener.NONE).model();
        }
        Path path = Path.of(referenceOrPath);
        Path inside = path.resolve("model.onnx");
        return Files.isRegularFile(inside) ? inside : path;
    }
}
