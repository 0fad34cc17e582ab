package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of {@code jzoo dataset check} for a folder of pictures. */
class PicturesTest {

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void photos() throws IOException {
        shell = Shell.in(folder);
        StandIns.photos(folder.resolve("photos"), 40);
    }

    @Test
    void aSoundFolderIsCounted() {
        Shell.Result result = shell.type("dataset", "check", "photos/");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("""
                DIR/photos: 40 pictures, 2 classes, all can be read
                  cat          20
                  dog          20
                """, result.out());
        assertEquals("", result.err());
    }

    @Test
    void whatIsAmissIsNamed() throws Exception {
        Path cats = folder.resolve("photos/cat");
        Files.writeString(cats.resolve("broken.jpg"), "oops");
        Files.copy(cats.resolve("0.png"), folder.resolve("photos/dog/stray.png"));
        Shell.Result result = shell.type("dataset", "check", "photos", "airline");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals("""
                DIR/photos: 42 pictures, 2 classes, 1 cannot be read
                  cat          20
                  dog          21
                WARNING the same picture in two classes, one of which is wrong:
                  cat/0.png = dog/stray.png
                WARNING a file that cannot be read, so it is left out:
                  cat/broken.jpg: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text ("oops")
                ok  airline
                  airline all: airline: 144 months from 1949-01 to 1960-12, thousand passengers
                """, result.out());

        JsonNode json =
                shell.type("dataset", "check", "photos", "--json").json().get(0);
        assertEquals(42, json.get("pictures").asInt());
        assertEquals(41, json.get("readable").asInt());
        assertEquals("[\"cat\",\"dog\"]", json.get("labels").toString());
        assertEquals("{\"whole\":[20,21]}", json.get("counts").toString());
        assertEquals("two-labels", json.at("/findings/0/kind").asText());
        assertEquals("unreadable", json.at("/findings/1/kind").asText());
        assertTrue(json.at("/findings/1/warning").asBoolean());
        assertEquals("DIR/photos/cat/broken.jpg", json.at("/findings/1/files/0").asText());
    }

    @Test
    void aFolderThatNothingCanBeLearnedFromIsBadInput() throws Exception {
        Files.createDirectories(folder.resolve("photos/emu"));
        Shell.Result empty = shell.type("dataset", "check", "photos");
        assertEquals(7, empty.exitCode());
        assertTrue(
                empty.err()
                        .startsWith("error: DIR/photos has no pictures to train on in emu. Add some, or delete"
                                + " the folder.\nExpected one folder of pictures for each class"),
                empty.err());

        Files.writeString(folder.resolve("photos/emu/1.jpg"), "no emu");
        Shell.Result unreadable = shell.type("dataset", "check", "photos", "--json");
        assertEquals(7, unreadable.exitCode());
        assertEquals("BAD_INPUT", unreadable.code());
        assertTrue(unreadable.err().contains("  emu/1.jpg: expected a picture"), unreadable.err());
    }

    @Test
    void aPathIsToldFromAnId() {
        assertEquals(3, shell.type("dataset", "check", "nothing-here").exitCode());
        Shell.Result path = shell.type("dataset", "check", "./nothing-here");
        assertEquals(3, path.exitCode());
        assertTrue(path.err().startsWith("error: There is no folder DIR/./nothing-here."), path.err());
    }
}
