package dev.jzoo.labs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.labs.page.LabHtml;
import dev.jzoo.labs.source.LabCell;
import dev.jzoo.labs.source.LabSource;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** Every lab at its smallest size: its claims hold, and its page is well formed. */
class LabsTest {

    @TempDir
    static Path home;

    static List<String> ids() {
        return Labs.all().stream().map(lab -> lab.info().id()).toList();
    }

    private static LabPage page(LabSize size) {
        return new LabPage(size, 1, Store.open(new Settings(home, List.of(), true)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void theClaimsHoldAndThePageIsWellFormed(String id) throws Exception {
        FinishedLab finished = FinishedLab.of(Labs.find(id), page(LabSize.SMALLEST));
        assertFalse(finished.claims().isEmpty(), "A lab needs a claim at its smallest size.");
        assertEquals(
                List.of(), finished.claims().stream().filter(ClaimResult::fails).toList());
        List<LabCell> cells =
                LabSource.of(finished.lab().getClass()).orElseThrow().cells();
        assertEquals(LabCell.CellKind.TEXT, cells.get(0).kind(), "A lab begins with a paragraph.");
        for (PlacedOutput output : finished.outputs()) {
            assertTrue(
                    cells.stream()
                            .anyMatch(cell -> cell.kind() == LabCell.CellKind.CODE && cell.contains(output.line())),
                    "No cell produced " + output);
        }
        String page = LabHtml.of(finished);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
    }

    @Test
    void eachLabHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>(ids());
        assertEquals(ids().size(), ids.size());
    }

    @Test
    void anUnknownLabIsRejectedWithTheNearestNames() {
        JZooException e = assertThrows(JZooException.class, () -> Labs.find("xor-mpl"));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
        assertTrue(e.getMessage().contains("xor-mlp"), e.getMessage());
    }
}
