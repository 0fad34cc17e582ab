package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.labs.Labs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabNotebookCommandTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = Shell.in(folder);
    }

    @Test
    void aNotebookHasTheSizeAndTheSeedOfTheOptions() throws IOException {
        Shell.Result result =
                shell.type("lab", "notebook", "micrograd", "--quick", "--seed", "7", "--to", "new/m.ipynb", "--json");
        assertEquals(0, result.exitCode(), result.err());
        JsonNode document = new ObjectMapper().readTree(result.out()).get(0);
        assertEquals("micrograd", document.get("id").asText());
        assertTrue(document.get("notebook").asText().endsWith("new/m.ipynb"), document.toString());
        String notebook = Files.readString(folder.resolve("new/m.ipynb"));
        assertTrue(notebook.contains("NotebookPage.open(LabSize.QUICK, 7,"), notebook);
        assertTrue(notebook.contains("%classpath") || notebook.contains("%jar"), notebook);
    }

    @Test
    void allNotebooksGoToAFolder() {
        Shell.Result result = shell.type("lab", "notebook", "--all", "--to", "notebooks");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(Labs.all().size(), result.out().lines().count());
        Labs.all()
                .forEach(lab -> assertTrue(
                        Files.exists(folder.resolve("notebooks/" + lab.info().id() + ".ipynb"))));
    }

    @Test
    void severalNotebooksDoNotFitInOneFile() {
        Shell.Result result = shell.type("lab", "notebook", "micrograd", "xor-mlp", "--to", "m.ipynb");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("there are 2 labs"), result.err());
        assertFalse(Files.exists(folder.resolve("m.ipynb")));
    }

    @Test
    void anUnknownLabAndAnUnwritableFolderAreNamed() throws IOException {
        Shell.Result unknown = shell.type("lab", "notebook", "micrograt");
        assertEquals(3, unknown.exitCode(), unknown.err());
        assertTrue(unknown.err().contains("micrograd"), unknown.err());
        Files.writeString(folder.resolve("file"), "");
        Shell.Result unwritable = shell.type("lab", "notebook", "micrograd", "--to", "file");
        assertTrue(unwritable.exitCode() > 0);
        assertTrue(unwritable.err().contains("file"), unwritable.err());
        assertFalse(unwritable.err().contains("Exception"), unwritable.err());
    }

    @Test
    void aCallWithoutLabsIsRejected() {
        Shell.Result result = shell.type("lab", "notebook");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("expects ids of labs or --all"), result.err());
    }
}
