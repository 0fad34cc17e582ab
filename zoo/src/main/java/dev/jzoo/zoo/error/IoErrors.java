package dev.jzoo.zoo.error;

import dev.jzoo.zoo.annotation.Internal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Plain messages for I/O failures. The JDK's own messages are often only a path, or empty. */
@Internal
public final class IoErrors {

    private IoErrors() {}

    /** Returns a sentence that says what failed and names the file, if there is one: "There is no file a.onnx." */
    public static String sentence(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "There is no file " + missing.getFile() + ".";
        }
        return failure instanceof FileSystemException system
                ? system.getFile() + ": " + of(system) + "."
                : failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file of that name exists";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (failure instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (failure instanceof ConnectException) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException) {
                    return "no such host";
                }
            }
            return failure.getMessage() == null ? "connection refused" : failure.getMessage();
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
