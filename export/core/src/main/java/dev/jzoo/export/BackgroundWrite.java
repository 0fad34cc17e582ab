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
 * A file on its way to the disk, on a thread of its own, while it is verified. Appears with {@link #commit()}; closing waits
 * for the thread and deletes what was not committed.
 */
final class BackgroundWrite implements AutoCloseable {

    private final FutureTask<PreparedModel> task;

    private BackgroundWrite(FutureTask<PreparedModel> task) {
        this.task = task;
    }

    static BackgroundWrite begin(OnnxFile file, Path path) {
        FutureTask<PreparedModel> task = new FutureTask<>(() -> {
            sweep(path.toAbsolutePath().getParent());
            return file.prepare(path);
        });
        Thread thread = new Thread(task, "jzoo-export");
        thread.setDaemon(true);
        thread.start();
        return new BackgroundWrite(task);
    }

    /** Exports that were killed leave files that nobody looks for. Those of other programs stay. */
    private static void sweep(Path folder) {
        try {
            AtomicFile.sweep(folder, name -> name.endsWith(".onnx") || name.endsWith(".onnx.data"));
        } catch (IOException e) {
            // The export does not depend on it; what keeps it from being written it tells itself.
        }
    }

    /** Waits for the disk, and gives the file its name. */
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

    /** The thread reads weights of the network, so that it must have ended before anything else happens to them. */
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
            // Nothing was left behind: commit() has told of it, or the verification failed as well and tells more.
            return;
        }
        prepared.close();
    }
}
