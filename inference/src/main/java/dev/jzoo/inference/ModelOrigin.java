package dev.jzoo.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.OnnxBytes;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The origin of a model: a file or memory.
 *
 * <p>ONNX Runtime's Java binding passes texts to the native library in the JVM's modified UTF-8. That encoding of
 * characters beyond U+FFFF is unknown to file systems, except on Windows. A file under such a path is read here and passed
 * as bytes, and its folder, which may contain weights, gets a link in the temporary directory while the session is created.
 *
 * @param name the model's name in messages
 * @param head its first bytes
 * @param bytes opens it once more
 * @param session creates the session
 */
record ModelOrigin(String name, byte[] head, ModelHeader.ModelBytes bytes, OrtRuntime.SessionFactory session) {

    private static final String FOLDER_OF_WEIGHTS = "session.model_external_initializers_file_folder_path";

    static ModelOrigin of(Path file) throws IOException {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            return of(Files.readAllBytes(file), file.toString());
        }
        Path path = file.toAbsolutePath();
        if (!isNative(path)) {
            return of(file, OnnxBytes.read(path));
        }
        return new ModelOrigin(
                file.toString(),
                FileKind.head(file),
                () -> Files.newInputStream(file),
                (environment, options) -> environment.createSession(path.toString(), options));
    }

    /** Returns an origin with these bytes instead of a file's. The file's folder still has the weights. */
    static ModelOrigin of(Path file, byte[] model) {
        Path folder = Disk.folderOf(file.toAbsolutePath());
        return new ModelOrigin(
                file.toString(),
                FileKind.head(model),
                () -> new ByteArrayInputStream(model),
                (environment, options) -> withFolder(environment, options, model, folder));
    }

    /** Returns the origin of a model in memory. */
    static ModelOrigin of(byte[] model, String name) {
        return new ModelOrigin(
                name,
                FileKind.head(model),
                () -> new ByteArrayInputStream(model),
                (environment, options) -> environment.createSession(model, options));
    }

    /** Returns a copy with another name. */
    ModelOrigin named(String other) {
        return new ModelOrigin(other, head, bytes, session);
    }

    private static OrtSession withFolder(
            OrtEnvironment environment, OrtSession.SessionOptions options, byte[] model, Path folder)
            throws OrtException {
        if (isNative(folder)) {
            options.addConfigEntry(FOLDER_OF_WEIGHTS, folder.toString());
            return environment.createSession(model, options);
        }
        try {
            Path place = Files.createTempDirectory("jzoo-model-");
            Path link = place.resolve("folder");
            try {
                Files.createSymbolicLink(link, folder);
                options.addConfigEntry(FOLDER_OF_WEIGHTS, link.toString());
                return environment.createSession(model, options);
            } finally {
                Files.deleteIfExists(link);
                Files.delete(place);
            }
        } catch (IOException | UnsupportedOperationException e) {
            // Without a link only weights next to the model are unavailable, and ONNX Runtime reports it.
            return environment.createSession(model, options);
        }
    }

    private static boolean isNative(Path path) {
        return File.separatorChar == '\\' || NativeText.isSafe(path.toString());
    }
}
