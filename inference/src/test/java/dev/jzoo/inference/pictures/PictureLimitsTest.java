package dev.jzoo.inference.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.inference.Fixtures;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that pictures which need too much memory or time, or are incomplete, are rejected by name. */
@Timeout(60)
class PictureLimitsTest {

    private static final Path CASES = Path.of("src/test/resources/cases/pictures");

    private static byte[] fixture(String name) throws IOException {
        Path odd = CASES.resolve("odd").resolve(name);
        return Files.readAllBytes(Files.exists(odd) ? odd : Fixtures.file("pictures/" + name));
    }

    /** Returns the error for a file's content, which begins with the name and ends with advice. */
    private static String refusal(byte[] content) {
        DataFormatException refusal =
                assertThrows(DataFormatException.class, () -> new PictureFile("holiday", content).decode());
        assertTrue(refusal.getMessage().startsWith("holiday: "), refusal.getMessage());
        assertTrue(
                refusal.getMessage()
                        .matches("(?s).*\\. (Save it again as PNG or JPEG|Download or save it again|Make it"
                                + " smaller|Save the picture again, or remove the file)"),
                refusal.getMessage());
        assertEquals(
                refusal.getMessage(),
                assertThrows(DataFormatException.class, () -> new PictureFile("holiday", content).facts())
                        .getMessage());
        return refusal.getMessage();
    }

    private static void refused(byte[] content, String part) {
        String message = refusal(content);
        assertTrue(message.contains(part), message);
    }

    private static byte[] changed(byte[] file, ByteOrder order, int at, int bytes, long value) {
        ByteBuffer changed = ByteBuffer.wrap(file.clone()).order(order);
        if (bytes == 2) {
            changed.putShort(at, (short) value);
        } else {
            changed.putInt(at, (int) value);
        }
        return changed.array();
    }

    private static int indexOf(byte[] file, String text) {
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(at >= 0, text);
        return at;
    }

    private static byte[] inserted(byte[] file, int at, byte[] what) {
        return ByteBuffer.allocate(file.length + what.length)
                .put(file, 0, at)
                .put(what)
                .put(file, at, file.length - at)
                .array();
    }

    @Test
    void aStripThatIsLongerThanItsFileIsOneUnreadablePictureOfAStream() throws Exception {
        Path tiff = CASES.resolve("tiff-stripbytecount-7fffffff.tif");
        Path png = Fixtures.file("pictures/grey-28.png");
        refused(Files.readAllBytes(tiff), "part 0 of its pixels has 2147483647 bytes from byte ");
        try (ImageClassifier classifier = ImageClassifier.of(Fixtures.model("quadrants.onnx"));
                Stream<Outcome> outcomes = classifier.classify(Stream.of(png, tiff, png))) {
            List<Outcome> all = outcomes.toList();
            assertEquals(
                    tiff, assertInstanceOf(Outcome.Unreadable.class, all.get(1)).picture());
            assertInstanceOf(Outcome.Classified.class, all.get(0));
            assertInstanceOf(Outcome.Classified.class, all.get(2));
        }
    }

    @Test
    void aJpegOfTwoHundredScansIsRefusedAtOnce() throws Exception {
        byte[] file = Files.readAllBytes(CASES.resolve("jpg-8000-scans200.jpg"));
        refusal(file); // loads the classes
        String message = assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refusal(file));
        assertTrue(message.contains("found 1088000000 or more"), message);
    }

    @Test
    void aSmallJpegHasAtMostTwoHundredScans() throws Exception {
        byte[] file = fixture("progressive.jpg");
        int last = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
        byte[] scan = Arrays.copyOfRange(file, last, file.length - 2);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            many.write(scan);
        }
        refused(inserted(file, last, many.toByteArray()), "expected at most 200 scans, found more");
    }

    private static byte[] large() throws IOException {
        // at the limit of work: 15 scans of 8000 x 8000
        byte[] file = Files.readAllBytes(CASES.resolve("jpg-8000-scans200.jpg"));
        int at = 0;
        for (int scans = 0; scans < 16; at++) {
            scans += (file[at] & 0xFF) == 0xFF && (file[at + 1] & 0xFF) == 0xDA ? 1 : 0;
        }
        byte[] cut = Arrays.copyOf(file, at + 1);
        cut[at - 1] = (byte) 0xFF;
        cut[at] = (byte) 0xD9;
        return cut;
    }

    @Test
    void decodingEndsWhenItsThreadIsInterrupted() throws Exception {
        byte[] file = large();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> still = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                new PictureFile("holiday", file).decode();
            } catch (IOException | RuntimeException e) {
                failure.set(e);
            }
            still.set(Thread.currentThread().isInterrupted());
        });
        long start = System.nanoTime();
        thread.start();
        thread.join(200); // during the decoding or before it: both abort it
        thread.interrupt();
        thread.join();
        assertTrue(System.nanoTime() - start < 5_000_000_000L, (System.nanoTime() - start) / 1e9 + " s");
        assertEquals(
                JZooException.Code.FAILED,
                assertInstanceOf(JZooException.class, failure.get()).code());
        assertEquals("Interrupted while decoding holiday.", failure.get().getMessage());
        assertEquals(true, still.get(), "the interrupt stays set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "rgb.jpg", "progressive.jpg", "cmyk.jpg", "palette.gif", "rgb.bmp", "rgb.tif"})
    void decodingIsGivenUpAfterItsTime(String name) throws Exception {
        DataFormatException refusal =
                assertThrows(DataFormatException.class, () -> new PictureFile("holiday", fixture(name), 0).decode());
        assertTrue(
                refusal.getMessage().startsWith("holiday: expected a picture that can be decoded in 0 seconds"), name);
    }

    /** Rows: the width and height, with their positions. */
    @ParameterizedTest
    @CsvSource({
        "rgb.bmp, 18, 4, LITTLE_ENDIAN, 0, a header of 0 x 12",
        "rgb.bmp, 22, 4, LITTLE_ENDIAN, 0, a header of 12 x 0",
        "rgb.bmp, 22, 4, LITTLE_ENDIAN, 2147483648, found 12 x 2147483648",
        "rgb.bmp, 18, 4, LITTLE_ENDIAN, 2147483648, a header of -2147483648 x 12",
        "rgb.bmp, 18, 4, LITTLE_ENDIAN, 5000000, expected 180000000 bytes of pixels",
        "rgb.bmp, 46, 4, LITTLE_ENDIAN, 2147483647, found 2147483647",
        "rgb.bmp, 30, 4, LITTLE_ENDIAN, 4, found 4",
        "rgb.bmp, 14, 4, LITTLE_ENDIAN, 20, found 20",
        "palette.gif, 27, 2, LITTLE_ENDIAN, 0, ''"
    })
    void sizesThatNoPictureHasAreRefused(String name, int at, int bytes, String order, long value, String problem)
            throws Exception {
        ByteOrder byteOrder = order.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] file = fixture(name);
        int place = name.endsWith("gif") ? indexOf(file, "\u002c\0\0\0\0") + 5 : at;
        refused(changed(file, byteOrder, place, bytes, value), problem);
    }

    @Test
    void aJpegWithoutRowsIsRefused() throws Exception {
        byte[] file = fixture("rgb.jpg");
        refused(
                changed(file, ByteOrder.BIG_ENDIAN, indexOf(file, "\u00ff\u00c0\0\u0011") + 5, 2, 0),
                "a header of 48 x 0");
    }

    @Test
    void aTiffThatAsksForMoreThanThereIsIsRefused() throws Exception {
        byte[] file = fixture("tiff-raw.tif");
        ByteBuffer tiff = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            int tag = tiff.getShort(entry);
            byte[] count = changed(file, ByteOrder.LITTLE_ENDIAN, entry + 4, 4, 0x7FFFFFFF);
            if (tag == 257 || tag == 258 || tag == 273 || tag == 277 || tag == 279) {
                refused(count, "tag " + tag + " at byte " + entry);
            }
            if (tag == 256 || tag == 257) {
                refused(
                        changed(file, ByteOrder.LITTLE_ENDIAN, entry + 8, 2, 0),
                        "expected a picture with at least one pixel");
            }
            if (tag == 277) {
                refused(changed(file, ByteOrder.LITTLE_ENDIAN, entry + 8, 2, 60000), "found 60000 samples");
            }
            if (tag == 259) {
                refused(changed(file, ByteOrder.LITTLE_ENDIAN, entry + 8, 2, 6), "compression 6");
            }
        }
        refused(changed(file, ByteOrder.LITTLE_ENDIAN, 4, 4, -1), "expected its directory");
        refused(changed(file, ByteOrder.LITTLE_ENDIAN, directory, 2, -1), "expected 65535 entries");
    }

    @Test
    void changedBitsOfAPngAreNoticed() throws Exception {
        for (String chunk : List.of("IHDR", "IDAT", "PLTE", "tRNS")) {
            byte[] file = fixture("palette-4.png");
            int at = indexOf(file, chunk);
            file[at + 4] ^= 2;
            refused(file, "chunk " + chunk + " at byte " + (at - 4) + " is damaged");
        }
    }

    @Test
    void chunksThatMustBeUnderstoodAreNotPassedOver() throws Exception {
        byte[] file = fixture("rgb.png");
        byte[] chunk = ByteBuffer.allocate(12)
                .putInt(0)
                .put("CgBI".getBytes(StandardCharsets.US_ASCII))
                .putInt(0)
                .array();
        refused(inserted(file, 33, chunk), "found CgBI at byte 33");
        refused(inserted(file, 8, chunk), "found chunk CgBI");
        refused(Arrays.copyOf(file, 33), "expected a chunk of pixels (IDAT)");
    }

    @Test
    void whatIsWrongWithAJpegIsSaidAsItIs() throws Exception {
        byte[] file = fixture("rgb.jpg");
        int frame = indexOf(file, "\u00ff\u00c0\0\u0011");
        refused(
                changed(file, ByteOrder.BIG_ENDIAN, frame + 2, 2, 1),
                "expected a length of at least 2 at byte " + (frame + 2));
        refused(
                changed(file, ByteOrder.BIG_ENDIAN, frame + 2, 2, 65535),
                "segment c0 at byte " + frame + " ends after the file");
        refused(inserted(file, frame, Arrays.copyOfRange(file, frame, frame + 19)), "found another at byte ");
        refused(inserted(file, 2, new byte[] {-1, (byte) 0xD9}), "expected a scan, found the end marker at byte 2");
        file[frame + 9] = 2;
        refused(file, "expected a frame of 1, 3 or 4 components");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb.png",
                "rgb.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "palette.gif",
                "rgb.bmp",
                "tiff-tiff_lzw.tif",
                "interlaced.png",
                "gif-offset.gif",
                "os2.bmp",
                "grey-16.png",
                "restarts.jpg"
            })
    void aPictureThatIsCutAtAnySixteenthIsRefused(String name) throws Exception {
        byte[] whole = fixture(name);
        for (int part = 1; part < 16; part++) {
            refusal(Arrays.copyOf(whole, whole.length * part / 16));
        }
    }

    /** Each file has an end, but not all of its data. */
    @ParameterizedTest
    @CsvSource({
        "gif-half.gif, its data ends after 13 % of its rows",
        "jpeg-half.jpg, the data of a scan ends before its pixels",
        "tiff-short.tif, 'expected 1020 bytes of pixels, found 100'",
        "png-short.png, cannot be decoded as png"
    })
    void pixelsThatAreNotThereAreNotMadeUp(String name, String problem) throws Exception {
        refused(Files.readAllBytes(CASES.resolve("short").resolve(name)), problem);
    }

    @Test
    void aLargeGifIsExamined() throws Exception {
        ByteArrayOutputStream gif = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(1500, 1201, BufferedImage.TYPE_BYTE_BINARY), "gif", gif);
        assertEquals(new PictureFacts("GIF", 1201, 1500), new PictureFile("holiday", gif.toByteArray()).facts());
    }

    @Test
    void aDeviceIsNotReadAsAPicture() {
        Path device = Path.of("/dev/zero");
        if (Files.exists(device)) {
            assertEquals(
                    "/dev/zero: expected a picture, found a pipe or a device",
                    assertThrows(DataFormatException.class, () -> Picture.read(device))
                            .getMessage());
        }
    }

    @Test
    void metadataDoesNotUnfoldInMemory() throws Exception {
        // the 30 MB of text are skipped; only the file and its pixels are allocated
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        byte[] file = fixture("text-bomb.png");
        new PictureFile("holiday", file).decode();
        long before = threads.getCurrentThreadAllocatedBytes();
        new PictureFile("holiday", file).decode();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 2_000_000, allocated + " bytes");
    }
}
