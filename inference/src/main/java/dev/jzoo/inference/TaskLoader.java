package dev.jzoo.inference;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A loader for the API of one task. It takes a name in the zoo, a file, or an open model.
 *
 * <pre>{@code
 * static final TaskLoader<Detector> LOADER = new TaskLoader<>(Detector::new);
 * Detector detector = LOADER.load("street-detector", Device.cpu());
 * }</pre>
 *
 * @param wrapper creates the task's API for a model
 */
public record TaskLoader<T>(TaskWrapper<T> wrapper) {

    /** Wraps an open model in the API of a task, or rejects it. */
    @FunctionalInterface
    public interface TaskWrapper<T> {
        /**
         * Wraps an open model.
         *
         * @throws DataFormatException if its metadata does not fit the task
         * @throws JZooException BAD_INPUT if its inputs and outputs do not fit the task
         */
        T of(OnnxModel model) throws DataFormatException;
    }

    /**
     * Opens a model of the zoo, downloading it if needed, or a file.
     *
     * @param idOrPath "mnist-logistic", "mnist-logistic@1.0.0", "digits.onnx", or a folder with a model.onnx
     * @throws JZooException NOT_FOUND if the model does not exist, naming the most similar one; BAD_INPUT if it does not
     *     fit the task; DEVICE if the device cannot be used
     * @throws DataFormatException if the file is not an ONNX model, or its metadata does not fit the task
     */
    public T load(String idOrPath, Device device) throws IOException {
        return open(ModelSource.locate(idOrPath), device);
    }

    /** Opens a file. Fails like {@link #load}. */
    public T open(Path file, Device device) throws IOException {
        return of(OnnxModel.open(file, device));
    }

    /** Wraps an open model, and closes it at once if it does not fit the task. */
    public T of(OnnxModel model) throws DataFormatException {
        try {
            return wrapper.of(model);
        } catch (DataFormatException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
