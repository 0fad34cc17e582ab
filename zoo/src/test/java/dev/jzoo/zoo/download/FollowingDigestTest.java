package dev.jzoo.zoo.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.Fixtures;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingDigestTest {

    private static final byte[] BYTES = Fixtures.bytes(5_000_000, 3);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("file.bin");
    }

    @Test
    void itIsTheDigestOfWhatWasWrittenPieceByPiece() throws IOException {
        try (FollowingDigest digest = new FollowingDigest(file);
                OutputStream out = Files.newOutputStream(file)) {
            for (int done = 0; done < BYTES.length; ) {
                int n = Math.min(333_333, BYTES.length - done);
                out.write(BYTES, done, n);
                done += n;
                digest.written(done);
            }
            assertEquals(Sha256.of(BYTES), digest.finish());
        }
    }

    @Test
    void bytesBehindWhatWasSaidToBeWrittenDoNotCount() throws IOException {
        Files.write(file, BYTES);
        try (FollowingDigest digest = new FollowingDigest(file)) {
            digest.written(1_234_567);
            assertEquals(Sha256.of(Arrays.copyOf(BYTES, 1_234_567)), digest.finish());
        }
    }

    @Test
    void anEmptyFileHasADigest() throws IOException {
        Files.write(file, new byte[0]);
        try (FollowingDigest digest = new FollowingDigest(file)) {
            assertEquals(Sha256.of(new byte[0]), digest.finish());
        }
    }

    @Test
    void aFileThatIsGoneOrShorterFails() throws IOException {
        try (FollowingDigest digest = new FollowingDigest(file)) {
            digest.written(10);
            IOException e = assertThrows(IOException.class, digest::finish);
            assertTrue(e.getMessage().contains("file.bin"), e.getMessage());
        }
        Files.write(file, BYTES);
        try (FollowingDigest digest = new FollowingDigest(file)) {
            digest.written(BYTES.length + 1);
            IOException e = assertThrows(IOException.class, digest::finish);
            assertTrue(e.getMessage().contains("has become shorter"), e.getMessage());
        }
    }
}
