package dev.jzoo.zoo.file;

import dev.jzoo.zoo.annotation.Internal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The kind of a file, recognised by its first bytes. For messages about files that are not what was expected. */
@Internal
public final class FileKind {

    /** The number of bytes at the beginning of a file that are examined. */
    public static final int HEAD = 512;

    /** The files that servers and clones deliver in place of the wanted one. */
    private enum Substitute {
        GIT_LFS_POINTER(
                "a Git LFS pointer in place of the file (git lfs pull fetches it)",
                " It is a Git LFS pointer, which Git stores in place of a large file: run 'git lfs pull' in its"
                        + " folder, or use the address of the file itself.",
                "version https://git-lfs"),
        HTML_PAGE(
                "an HTML page, perhaps the error page of a download",
                " It is an HTML page. Servers send pages for errors, logins and previews: open the address in a browser"
                        + " to see what it says.",
                "<!doctype html",
                "<html",
                "<head");

        private final String words;
        private final String advice;
        private final List<String> beginnings;

        Substitute(String words, String advice, String... beginnings) {
            this.words = words;
            this.advice = advice;
            this.beginnings = List.of(beginnings);
        }

        static Optional<Substitute> of(byte[] head) {
            String text = new String(head, StandardCharsets.UTF_8)
                    .replace("\ufeff", "")
                    .stripLeading()
                    .toLowerCase(Locale.ROOT);
            return Stream.of(values())
                    .filter(kind -> kind.beginnings.stream().anyMatch(text::startsWith))
                    .findFirst();
        }
    }

    private static final Map<String, String> MAGIC = new LinkedHashMap<>();

    static {
        MAGIC.put("89504e470d0a1a0a", "a PNG picture");
        MAGIC.put("ffd8ff", "a JPEG picture");
        MAGIC.put("474946383", "a GIF picture");
        MAGIC.put("424d", "a BMP picture");
        MAGIC.put("52494646........57454250", "a WebP picture");
        MAGIC.put("49492a00", "a TIFF picture");
        MAGIC.put("4d4d002a", "a TIFF picture");
        MAGIC.put("........6674797061766966", "an AVIF picture");
        MAGIC.put("........66747970(686569|6d6966)", "a HEIC picture");
        MAGIC.put("0000000c6a502020", "a JPEG 2000 picture");
        MAGIC.put("(ff0a|0000000c4a584c20)", "a JPEG XL picture");
        MAGIC.put("38425053", "a Photoshop document");
        MAGIC.put("504b0304", "a ZIP archive");
        MAGIC.put("1f8b", "a gzip file");
        MAGIC.put("........4f52544d", "a model in ONNX Runtime's own format (.ort)");
        MAGIC.put("80(02|03|04|05)", "a Python pickle, the format of PyTorch models until 1.5");
        MAGIC.put("444a4c40", "parameters of a DJL model");
        MAGIC.put("894844460d0a1a0a", "an HDF5 file");
        MAGIC.put("255044462d", "a PDF document");
        MAGIC.put("00000[0-9a-f]0[1-4]", "an IDX file");
    }

    private FileKind() {}

    /** Reads the first bytes of a file. */
    public static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    /** Returns the first bytes of a file in memory. */
    public static byte[] head(byte[] file) {
        return Arrays.copyOf(file, Math.min(file.length, HEAD));
    }

    /**
     * Returns a sentence that says what was received in place of a file and what to do: " It is an HTML page. ...". Empty for
     * other files.
     */
    public static String advice(byte[] head) {
        return Substitute.of(head).map(kind -> kind.advice).orElse("");
    }

    /** Returns the kind, or the first bytes if the kind is not known: always a noun phrase that fits after "found". */
    public static String describe(byte[] head) {
        return recognise(head)
                .orElseGet(() -> "bytes of an unknown format ("
                        + hex(head, Math.min(head.length, 8)).replaceAll("(..)(?!$)", "$1 ")
                        + (head.length > 8 ? " ..." : "") + ")");
    }

    /** Returns the kind if it is known. */
    public static Optional<String> recognise(byte[] head) {
        if (head.length == 0) {
            return Optional.of("an empty file");
        }
        String hex = hex(head, Math.min(head.length, 16));
        // torch.save and torch.jit.save write a zip whose first entry is NAME/data.pkl
        if (hex.startsWith("504b0304") && new String(head, StandardCharsets.ISO_8859_1).contains("/data.pkl")) {
            return Optional.of("a PyTorch model");
        }
        return MAGIC.entrySet().stream()
                .filter(magic -> hex.matches(magic.getKey() + ".*"))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> Substitute.of(head).map(kind -> kind.words))
                .or(() -> text(head));
    }

    private static Optional<String> text(byte[] head) {
        String text;
        try {
            // the last character may be cut in two: leave up to three bytes of it out
            int length = head.length < HEAD ? head.length : HEAD - 3;
            while (length < head.length && length > 0 && (head[length] & 0xC0) == 0x80) {
                length--;
            }
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(head, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f')) {
            return Optional.empty();
        }
        String start = text.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<")) {
            return Optional.of("XML or SVG");
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return Optional.of("JSON");
        }
        String line = text.strip().lines().findFirst().orElse("");
        return Optional.of("text (\"" + (line.length() > 40 ? line.substring(0, 40) + "..." : line) + "\")");
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes, 0, length);
    }
}
