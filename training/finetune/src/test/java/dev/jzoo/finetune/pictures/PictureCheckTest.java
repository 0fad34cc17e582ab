package dev.jzoo.finetune.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCheckTest {

    @TempDir
    Path folder;

    @Test
    void aSoundFolderHasNothingToTell() throws Exception {
        pets(10, 12);
        PictureReport report = check();
        assertEquals(List.of(), report.findings());
        assertEquals(Map.of(Subset.WHOLE, List.of(10, 12)), report.counts());
        assertEquals(22, report.readable());
        assertEquals(folder + """
                : 22 pictures, 2 classes, all can be read
                  cat          10
                  dog          12
                """, report.text());
    }

    @Test
    void picturesThatAskForTooMuchAreUnreadableOnes() throws Exception {
        pets(12, 12);
        for (String name : List.of("tiff-stripbytecount-7fffffff.tif", "jpg-8000-scans200.jpg")) {
            write("cat/" + name, Files.readAllBytes(Path.of("src/test/resources/cases/pictures", name)));
        }
        List<String> found = found(check());
        assertEquals(2, found.size(), found.toString());
        assertTrue(found.get(0).startsWith("UNREADABLE cat/jpg-8000-scans200.jpg: expected at most"), found.get(0));
        assertTrue(
                found.get(1)
                        .startsWith(
                                "UNREADABLE cat/tiff-stripbytecount-7fffffff.tif: the picture is truncated: part 0"),
                found.get(1));
    }

    @Test
    void anInterruptSaysNothingAboutAPicture() throws Exception {
        pets(12, 12);
        Thread.currentThread().interrupt();
        try {
            assertEquals(
                    JZooException.Code.FAILED,
                    assertThrows(JZooException.class, this::check).code());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aCorruptPictureAmongManyIsNamedAndLeftOut() throws Exception {
        pets(12, 12);
        byte[] jpeg = bytes("jpg", 1);
        write("cat/cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
        write("dog/text.png", "no picture at all".getBytes());
        write("dog/empty.png", new byte[0]);
        PictureReport report = check();
        assertEquals(
                List.of(
                        "UNREADABLE cat/cut.jpg: the picture is truncated: segment c4 at byte 426 ends after the file."
                                + " Download or save it again",
                        "UNREADABLE dog/empty.png: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found an empty file",
                        "UNREADABLE dog/text.png: expected a picture (PNG, JPEG, GIF, BMP or TIFF), found text"
                                + " (\"no picture at all\")"),
                found(report));
        assertEquals(Map.of(Subset.WHOLE, List.of(12, 12)), report.counts());
        PictureFolder left = PictureFolder.read(folder).without(report.unreadable());
        assertEquals(24, left.parts().get(Subset.WHOLE).size());
        assertTrue(report.text().contains("27 pictures, 2 classes, 3 cannot be read"), report.text());
    }

    @Test
    void theSamePictureInTwoPartsIsALeakAndInTwoClassesAContradiction() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("train/cat/" + i + ".png", bytes("png", i));
            write("train/dog/" + i + ".png", bytes("png", 100 + i));
        }
        write("val/cat/a.png", bytes("png", 3));
        write("val/dog/b.png", bytes("png", 200));
        write("test/cat/c.png", bytes("png", 300));
        write("test/dog/d.png", bytes("png", 4));
        write("train/dog/x.png", bytes("png", 7));
        write("train/dog/y.png", bytes("png", 105));
        assertEquals(
                List.of(
                        "LEAK train/cat/3.png = val/cat/a.png",
                        "LEAK train/cat/4.png = test/dog/d.png",
                        "TWO_LABELS train/cat/4.png = test/dog/d.png",
                        "TWO_LABELS train/cat/7.png = train/dog/x.png",
                        "COPIES train/dog/5.png = train/dog/y.png"),
                found(check()));
        String text = check().text();
        assertEquals(
                List.of(
                        "            train  validation        test",
                        "  cat          10           1           1",
                        "  dog          12           1           1",
                        "WARNING the same picture in two parts, which makes accuracy look better than it is:",
                        "  train/cat/3.png = val/cat/a.png"),
                text.lines().skip(1).limit(5).toList());
        assertTrue(text.contains("\nnote the same picture more than once"), text);
    }

    @Test
    void classesThatAreTinyUnequalOrNotMeasuredAreNamed() throws Exception {
        for (int i = 0; i < 45; i++) {
            write("train/cat/" + i + ".png", bytes("png", i));
            if (i < 9) {
                write("train/dog/" + i + ".png", bytes("png", 100 + i));
            }
        }
        write("val/cat/a.png", bytes("png", 200));
        assertEquals(
                List.of(
                        "TINY_CLASS dog has 9, fewer than 10",
                        "UNMEASURED validation has no picture of dog",
                        "IMBALANCE cat has 45, dog has 9"),
                found(check()));
    }

    @Test
    void oddNamesSizesAndOtherFilesAreNamed() throws Exception {
        pets(10, 10);
        write("cat/really.jpg", bytes("png", 50));
        write("cat/IMG_1", bytes("jpg", 51));
        write("dog/notes.txt", "a dog".getBytes());
        save("dog/tiny.png", new BufferedImage(15, 40, BufferedImage.TYPE_INT_RGB));
        save("dog/thin.png", new BufferedImage(16, 161, BufferedImage.TYPE_INT_RGB));
        save("dog/thinnest-allowed.png", new BufferedImage(16, 160, BufferedImage.TYPE_INT_RGB));
        PictureReport report = check();
        assertEquals(
                List.of(
                        "NOT_NAMED_AS_PICTURE cat/IMG_1 is a JPEG picture",
                        "ODD_SIZE dog/thin.png has 161 x 16 pixels",
                        "ODD_SIZE dog/tiny.png has 40 x 15 pixels",
                        "WRONG_ENDING cat/really.jpg is a PNG picture",
                        "OTHER_FILE dog/notes.txt"),
                found(report));
        assertEquals(Map.of(Subset.WHOLE, List.of(11, 13)), report.counts());
    }

    @Test
    void ofManyFindingsOfAKindTheFirstFewAreTold() throws Exception {
        pets(10, 10);
        for (int i = 0; i < 8; i++) {
            write("cat/bad-" + i + ".png", new byte[] {1, 2, (byte) i});
        }
        String text = check().text();
        assertTrue(text.contains("  cat/bad-4.png: expected"), text);
        assertTrue(!text.contains("bad-5.png: ") && text.endsWith("  and 3 more\n"), text);
    }

    @Test
    void progressRisesToTheNumberOfPictures() throws Exception {
        pets(20, 20);
        List<Long> heard = new ArrayList<>();
        PictureCheck.run(PictureFolder.read(folder), (task, done, total) -> {
            assertEquals("pictures 40", task + " " + total);
            heard.add(done);
        });
        List<Long> expected = new ArrayList<>();
        for (long i = 0; i <= 40; i++) {
            expected.add(i);
        }
        assertEquals(expected, heard);
    }

    private PictureReport check() throws IOException {
        return PictureCheck.run(PictureFolder.read(folder), ProgressListener.NONE);
    }

    private static List<String> found(PictureReport report) {
        return report.findings().stream()
                .map(finding -> finding.kind() + " " + finding.message())
                .toList();
    }

    private void pets(int cats, int dogs) throws IOException {
        for (int i = 0; i < cats; i++) {
            write("cat/" + i + ".png", bytes("png", i));
        }
        for (int i = 0; i < dogs; i++) {
            write("dog/" + i + ".jpg", bytes("jpg", 1000 + i));
        }
    }

    /** A picture like no other with another number. */
    private static byte[] bytes(String format, int number) throws IOException {
        BufferedImage image = new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(number);
        for (int i = 0; i < 480; i++) {
            image.setRGB(i % 24, i / 24, random.nextInt());
        }
        var out = new java.io.ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private void save(String file, BufferedImage image) throws IOException {
        ImageIO.write(image, "png", folder.resolve(file).toFile());
    }

    private void write(String file, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.write(folder.resolve(file), content);
    }
}
