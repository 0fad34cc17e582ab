package dev.jzoo.labs.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.labs.Chapter;
import dev.jzoo.zoo.error.JZooException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabSkeletonTest {

    @TempDir
    Path folder;

    @Test
    void theSkeletonCompilesAndHasTheCellsOfALab() throws Exception {
        Path services = folder.resolve("training/labs/src/main/resources/META-INF/services/dev.jzoo.labs.Lab");
        Files.createDirectories(services.getParent());
        Files.writeString(services, "");
        Path source = LabSkeleton.write(folder, "learning-rates", Chapter.DESCENT);
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        assertEquals(0, exit);
        assertEquals(
                List.of(LabCell.CellKind.TEXT, LabCell.CellKind.DEFINITION, LabCell.CellKind.CODE),
                LabSource.parse(Files.readString(source)).cells().stream()
                        .map(LabCell::kind)
                        .toList());
    }

    @Test
    void aFolderThatIsNotACheckoutIsRejected() {
        JZooException e =
                assertThrows(JZooException.class, () -> LabSkeleton.write(folder, "learning-rates", Chapter.DESCENT));
        assertEquals(JZooException.Code.NOT_FOUND, e.code());
    }
}
