package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.in(folder);
    }

    /** Its first claim holds, and its second does not. */
    public static final class BoldLab implements Lab {

        @Override
        public LabInfo info() {
            return new LabInfo("bold", "Bold", "Is two one?", Chapter.PRACTICE);
        }

        @Override
        public void run(LabPage page) {
            page.claim("One is one.").near(1, 1, 0);
            page.claim("Two is one.").near(2, 1, 0.5);
            page.published("A paper says that two is one.").near(2, 1, 0.5);
        }
    }

    /** Adds a lab to those of the product. */
    private static ClassLoader with(Path services, Class<? extends Lab> lab) throws IOException {
        Path file = services.resolve("META-INF/services/" + Lab.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, lab.getName());
        return new URLClassLoader(new URL[] {services.toUri().toURL()}, LabCommandTest.class.getClassLoader());
    }

    @Test
    void theListHasEachLabWithItsQuestion() throws IOException {
        String list = shell.type("lab", "list").out();
        assertTrue(list.lines().anyMatch(line -> line.matches("gradient-descent +Gradient descent +How .*\\?")), list);
        JsonNode json =
                new ObjectMapper().readTree(shell.type("lab", "list", "--json").out());
        assertEquals(list.lines().count() - 1, json.size());
    }

    @Test
    void aRunWritesThePageAndPrintsTheClaims() throws IOException {
        Shell.Result result = shell.type("lab", "run", "micrograd", "--quick", "--to", "pages", "--json");
        assertEquals(0, result.exitCode(), result.err());
        JsonNode lab = new ObjectMapper().readTree(result.out()).get(0);
        assertEquals("micrograd", lab.get("id").asText());
        assertEquals("24.7041", lab.get("claims").get(0).get("measured").asText());
        String page = Files.readString(folder.resolve("pages/micrograd.html"));
        assertTrue(page.contains("<math"), "formulas");
        assertTrue(page.contains("138.834"), "measured values");
    }

    @Test
    void anUnknownLabIsAnsweredWithTheNearestNames() {
        Shell.Result result = shell.type("lab", "run", "micrograt");
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("Did you mean micrograd"), result.err());
        assertFalse(Files.exists(folder.resolve("labs")), "nothing is written");
    }

    @Test
    void idsAndAllExcludeEachOther() {
        assertEquals(2, shell.type("lab", "run").exitCode());
        assertEquals(2, shell.type("lab", "run", "micrograd", "--all").exitCode());
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("taken"), "a file");
        Shell.Result result = shell.type("lab", "run", "micrograd", "--to", "taken");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("taken"), result.err());
    }

    @Test
    void aClaimThatDoesNotHoldGivesExitCode8AndAPublishedOneDoesNot() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Thread.currentThread().setContextClassLoader(with(folder.resolve("services"), BoldLab.class));
            Shell.Result result = shell.type("lab", "run", "bold");
            assertEquals(8, result.exitCode());
            assertEquals("1 lab, 3 claims. Labs that fail: bold.\n", result.out());
            assertTrue(result.err().contains("FAILS: Two is one. Measured 2, expected 1 ± 0.5."), result.err());
            assertTrue(result.err().contains("differs from the published value"), result.err());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void aNewLabIsWrittenIntoTheCheckoutAndListed() throws IOException {
        Path services = folder.resolve("training/labs/src/main/resources/META-INF/services/dev.jzoo.labs.Lab");
        Files.createDirectories(services.getParent());
        Files.writeString(services, "# labs\n");
        Shell.Result result = shell.type("lab", "new", "learning-rates", "--chapter", "descent");
        assertEquals(0, result.exitCode(), result.err());
        Path source = folder.resolve("training/labs/src/main/java/dev/jzoo/labs/descent/LearningRatesLab.java");
        assertTrue(Files.readString(source).contains("new LabInfo(\"learning-rates\", \"Learning rates\""));
        assertEquals(List.of("# labs", "dev.jzoo.labs.descent.LearningRatesLab"), Files.readAllLines(services));
        assertEquals(
                1,
                shell.type("lab", "new", "learning-rates", "--chapter", "descent")
                        .exitCode());
        assertEquals(
                2,
                shell.type("lab", "new", "Learning rates", "--chapter", "descent")
                        .exitCode());
        assertEquals(
                2, shell.type("lab", "new", "other", "--chapter", "cooking").exitCode());
    }
}
