package dev.jzoo.cli.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/third-party.md} lists the libraries that the command brings. */
class ThirdPartyTest {

    private static final Path PAGE = Path.of("..").resolve(ThirdParty.PAGE);

    @Test
    void thePageListsEachLibraryOfTheCommandWithItsLicence() throws Exception {
        Set<String> rows = ThirdParty.rows();
        Set<String> onThePage;
        try (Stream<String> lines = Files.lines(PAGE)) {
            onThePage =
                    lines.filter(line -> line.matches("\\| `[^`]+:.*")).collect(Collectors.toCollection(TreeSet::new));
        }
        assertTrue(rows.size() > 30, rows.toString());
        assertEquals(
                List.of(),
                BillOfMaterials.differences("docs/third-party.md", onThePage, "the class path", rows),
                "The table of libraries is out of date. Its rows are:\n" + String.join("\n", rows) + "\n");
    }
}
