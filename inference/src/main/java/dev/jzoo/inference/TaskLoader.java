package dev.jzoo.inference;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The ways to a model with a task: by its name in the zoo, as a file, or open already.
 *
 * <pre>{@code
 * static final TaskLoader<Detector> LOADER = new TaskLoader<>(Detector::new);
 * Detector detector = LOADER.load("street-detector", Device.cpu());
 * }</pre>
 *
 * @param wrapper makes the model's API
 */
public record TaskLoader<T>(TaskWrapper<T> wrapper) {

    /** Wraps an open model in the API of a task, or rejects it. */
    @FunctionalInterface
    public interface TaskWrapper<T> {
        /**
         * Takes over an open model.
         *
         * @throws DataFormatException where its metadata do not fit the task
         * @throws JZooException BAD_INPUT where its inputs and outputs do not
         */
        T of(OnnxModel model) throws DataFormatException;
    }

    /**
     * Opens a model of the zoo, downloaded if need be, or a file.
     *
     * @param idOrPath "mnist-logistic", "mnist-logistic@1.0.0", "digits.onnx", or a folder that has a model.onnx
     * @throws JZooException NOT_FOUND where there is none, naming the nearest; BAD_INPUT where it does not fit the task;
     *     DEVICE where the device cannot be used
     * @throws DataFormatException where the file is not an ONNX model, or its metadata do not fit the task
     */
    public T load(String idOrPath, Device device) throws IOException {
        return open(ModelSource.locate(idOrPath), device);
    }

    /** Opens a file. Fails as {@link #load}. */
    public T open(Path file, Device device) throws IOException {
        return of(OnnxModel.open(file, device));
    }

    /** Takes over an open model, which is closed at once where it does not fit the task. */
    public T of(OnnxModel model) throws DataFormatException {
        try {
            return wrapper.of(model);
        } catch (DataFormatException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
