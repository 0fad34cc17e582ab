package dev.jzoo.zoo.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class IoErrorsTest {

    @Test
    void aSentenceNamesTheFileAndWhatIsWrong() {
        assertEquals("There is no file a.onnx.", IoErrors.sentence(new NoSuchFileException("a.onnx")));
        assertEquals("a.onnx: permission denied.", IoErrors.sentence(new AccessDeniedException("a.onnx")));
        assertEquals("a: a file of that name exists.", IoErrors.sentence(new FileAlreadyExistsException("a")));
        assertEquals("a: it is not a folder.", IoErrors.sentence(new NotDirectoryException("a")));
        assertEquals(
                "a: No space left on device.",
                IoErrors.sentence(new FileSystemException("a", null, "No space left on device")));
    }

    @Test
    void aFailureWithoutAFileIsItsMessageOrItsKind() {
        assertEquals("out of tape", IoErrors.sentence(new IOException("out of tape")));
        assertEquals("EOFException", IoErrors.sentence(new EOFException()));
        assertEquals("a: expected 1, found 2", IoErrors.sentence(new DataFormatException("a", "expected 1, found 2")));
    }
}
