package dev.jzoo.zoo.file;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipArchiveTest {

    /** The length of the record at the end of a zip archive. */
    private static final int END = 22;

    @TempDir
    Path folder;

    private static byte[] archive(int entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("entry" + i));
                zip.write(new byte[100]);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void anArchiveThatIsCutShortAnywhereIsBadData() throws IOException {
        byte[] whole = archive(3);
        for (int length = 0; length < whole.length; length++) {
            refuse(Arrays.copyOf(whole, length));
        }
    }

    /** The JDK reports this by an EOFException and not as a fault of the archive. */
    @Test
    void anEndThatSpeaksOfMoreThanThereIsIsBadData() throws IOException {
        byte[] small = archive(1);
        byte[] large = archive(40);
        byte[] mixed = Arrays.copyOf(small, small.length);
        System.arraycopy(large, large.length - END, mixed, small.length - END, END);
        refuse(mixed);
    }

    private void refuse(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("cut.zip"), bytes);
        assertThrows(DataFormatException.class, () -> ZipArchive.open(file).close());
    }
}
