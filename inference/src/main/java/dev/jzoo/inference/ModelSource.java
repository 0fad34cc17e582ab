package dev.jzoo.inference;

import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;

/** A lookup of models by reference or path, in the zoo that the environment configures. */
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
