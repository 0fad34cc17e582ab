package dev.jzoo.inference;

import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;

/** The models that applications name: references and paths, looked up in the zoo of the environment. */
public final class ModelSource {

    private ModelSource() {}

    /** Finds the file of a model, see {@link ModelLookup#file}. */
    public static Path locate(String referenceOrPath) throws IOException {
        return locate(referenceOrPath, Zoo.standard());
    }

    public static Path locate(String referenceOrPath, Zoo zoo) throws IOException {
        return ModelLookup.of(zoo).file(referenceOrPath, ProgressListener.NONE);
    }
}
