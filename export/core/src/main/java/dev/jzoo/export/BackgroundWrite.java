package dev.jzoo.export;

import dev.jzoo.onnx.Fingerprint;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.PreparedModel;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A file that one thread writes to disk while another verifies it. The file appears under its name with {@link
 * #commit()}. Closing waits for the thread and deletes a file that was not committed.
 */
final class BackgroundWrite implements AutoCloseable {

    private final FutureTask<PreparedModel> task;

    private BackgroundWrite(FutureTask<PreparedModel> task) {
        this.task = task;
    }

    static BackgroundWrite begin(OnnxFile file, Path path) {
        FutureTask<PreparedModel> task = new FutureTask<>(() -> {
            deleteAbandoned(path.toAbsolutePath().getParent());
            return file.prepare(path);
        });
        Thread thread = new Thread(task, "jzoo-export");
        thread.setDaemon(true);
        thread.start();
        return new BackgroundWrite(task);
    }

    /** Deletes temporary files of exports whose process was killed. Temporary files of other programs stay. */
    private static void deleteAbandoned(Path folder) {
        try {
            AtomicFile.sweep(folder, name -> name.endsWith(".onnx") || name.endsWith(".onnx.data"));
        } catch (IOException e) {
            // The export does not depend on this cleanup. If the folder cannot be written, the export reports it.
        }
    }

    /** Waits until the file is on disk and gives it its name. */
    Fingerprint commit() throws IOException {
        try {
            return prepared().commit();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            } else if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw (Error) e.getCause();
        }
    }

    /** Waits for the thread. It reads the network's weights, so it must end before anything else uses them. */
    private PreparedModel prepared() throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        PreparedModel prepared;
        try {
            prepared = prepared();
        } catch (ExecutionException e) {
            // Nothing to clean up. Either commit() reported the failure, or the verification failed too and its report
            // says more.
            return;
        }
        prepared.close();
    }
}
