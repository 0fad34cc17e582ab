package dev.jzoo.zoo.cache;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trusted owners in a cache that several users write to. */
class FileOwnerTest {

    private static final Optional<Integer> ANN = Optional.of(1001);
    private static final Optional<Integer> BOB = Optional.of(1002);

    @Test
    void theUserTheOwnerOfTheHomeAndTheAdministratorAreBelieved() {
        assertTrue(FileOwner.isBelieved(1001, BOB, ANN));
        assertTrue(FileOwner.isBelieved(1002, BOB, ANN));
        assertTrue(FileOwner.isBelieved(0, BOB, ANN));
    }

    @Test
    void anybodyElseIsNot() {
        assertFalse(FileOwner.isBelieved(1003, BOB, ANN));
        assertFalse(FileOwner.isBelieved(1003, Optional.empty(), Optional.empty()));
        assertFalse(FileOwner.isBelieved(1001, Optional.of(0), BOB));
    }

    @Test
    void whatThisProcessWroteIsBelieved(@TempDir Path home) throws Exception {
        Path file = Files.writeString(home.resolve("note.json"), "{}");
        assertTrue(FileOwner.mayWriteFor(home, file));
        assertTrue(new CacheDirectory(home).isBelieved(file));
        assertFalse(new CacheDirectory(home).isBelieved(home.resolve("nothing")));
    }
}
