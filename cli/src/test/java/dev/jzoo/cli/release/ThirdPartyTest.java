package dev.jzoo.cli.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/third-party.md} lists the libraries that the command brings. */
class ThirdPartyTest {

    private static final Path PAGE = Path.of("..").resolve(ThirdParty.PAGE);

    @Test
    void thePageListsEachLibraryOfTheCommandWithItsLicence() throws Exception {
        List<String> rows = ThirdParty.rows();
        List<String> onThePage;
        try (Stream<String> lines = Files.lines(PAGE)) {
            onThePage = lines.filter(line -> line.matches("\\| `[^`]+:.*")).toList();
        }
        assertTrue(rows.size() > 30, rows.toString());
        assertEquals(
                String.join("\n", rows),
                String.join("\n", onThePage),
                "The table of libraries in docs/third-party.md is out of date. Put these rows there:\n"
                        + String.join("\n", rows) + "\n");
    }
}
