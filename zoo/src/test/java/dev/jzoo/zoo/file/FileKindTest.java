package dev.jzoo.zoo.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

    /** The signatures are those in the specifications of the formats. */
    @ParameterizedTest
    @CsvSource({
        "89504e470d0a1a0a0000000d, a PNG picture",
        "ffd8ffe000104a46, a JPEG picture",
        "474946383961, a GIF picture",
        "424d36000000, a BMP picture",
        "524946461a00000057454250, a WebP picture",
        "49492a0008000000, a TIFF picture",
        "4d4d002a00000008, a TIFF picture",
        "0000001c6674797061766966, an AVIF picture",
        "0000001c6674797068656963, a HEIC picture",
        "504b03041400, a ZIP archive",
        "1f8b0800, a gzip file",
        "894844460d0a1a0a, an HDF5 file",
        "255044462d312e37, a PDF document",
        "0000080300002710, an IDX file"
    })
    void aFormatIsKnownByItsSignature(String hex, String kind) {
        assertEquals(Optional.of(kind), FileKind.recognise(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    version https://git-lfs.github.com/spec/v1 | a Git LFS pointer in place of the file (git lfs pull fetches it)
                    <!DOCTYPE html><title>404</title>          | an HTML page, perhaps the error page of a download
                    <HTML lang="en">                           | an HTML page, perhaps the error page of a download
                    <head><title>Sign in</title>               | an HTML page, perhaps the error page of a download
                    <svg xmlns="http://www.w3.org/2000/svg"/>  | XML or SVG
                    [1, 2]                                     | JSON
                    hello                                      | text ("hello")
                    """)
    void textIsKnownByItsBeginning(String text, String kind) {
        byte[] head = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(kind, FileKind.describe(head));
        assertEquals(
                kind.contains("LFS") || kind.contains("HTML"),
                !FileKind.advice(head).isEmpty());
    }

    @Test
    void aPageIsKnownWhateverItsEncodingAndBehindAByteOrderMark() {
        byte[] latin = "\n <html><p>gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1);
        byte[] marked = "\ufeff<!doctype html>".getBytes(StandardCharsets.UTF_8);
        for (byte[] head : new byte[][] {latin, marked}) {
            assertTrue(FileKind.describe(head).startsWith("an HTML page"), FileKind.describe(head));
            assertTrue(FileKind.advice(head).startsWith(" It is an HTML page"), FileKind.advice(head));
        }
    }

    @Test
    void unknownBytesAreShown() {
        assertEquals(
                "bytes of an unknown format (08 07 12 00 ff 01 02 03 ...)",
                FileKind.describe(new byte[] {8, 7, 18, 0, -1, 1, 2, 3, 4}));
        assertEquals(Optional.empty(), FileKind.recognise(new byte[] {8, 7, 18, 0, -1}));
        assertEquals(Optional.of("an empty file"), FileKind.recognise(new byte[0]));
    }

    @Test
    void theHeadIsTheSameFromDiskAndFromMemory(@TempDir Path folder) throws IOException {
        byte[] content = new byte[700];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("f"), content);
        assertArrayEquals(Arrays.copyOf(content, 512), FileKind.head(file));
        assertArrayEquals(Arrays.copyOf(content, 512), FileKind.head(content));
        assertEquals(3, FileKind.head(new byte[3]).length);
    }
}
