package dev.jzoo.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void aSentenceNamesTheFileAndWhatIsWrong() {
        assertEquals("There is no file a.onnx.", Reason.sentence(new NoSuchFileException("a.onnx")));
        assertEquals("a.onnx: permission denied.", Reason.sentence(new AccessDeniedException("a.onnx")));
        assertEquals("a: a file is in the way.", Reason.sentence(new FileAlreadyExistsException("a")));
        assertEquals("a: it is no folder.", Reason.sentence(new NotDirectoryException("a")));
        assertEquals(
                "a: No space left on device.",
                Reason.sentence(new FileSystemException("a", null, "No space left on device")));
    }

    @Test
    void aFailureWithoutAFileIsItsMessageOrItsKind() {
        assertEquals("out of tape", Reason.sentence(new IOException("out of tape")));
        assertEquals("EOFException", Reason.sentence(new EOFException()));
        assertEquals("a: expected 1, found 2", Reason.sentence(new DataFormatException("a", "expected 1, found 2")));
    }
}
