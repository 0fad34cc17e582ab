package dev.jzoo.inference;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a file is by its first bytes, in words for people, when it is not what was expected. */
final class FileKind {

    /** As many bytes as are looked at. */
    static final int HEAD = 512;

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
        MAGIC.put("894844460d0a1a0a", "an HDF5 file");
        MAGIC.put("255044462d", "a PDF document");
        MAGIC.put("00000[0-9a-f]0[1-4]", "an IDX file");
    }

    private FileKind() {}

    /** What the file is, or that it is unknown with its first bytes: always a noun that fits after "found". */
    static String describe(byte[] head) {
        return recognise(head)
                .orElseGet(() -> "bytes of no known format ("
                        + hex(head, Math.min(head.length, 8)).replaceAll("(..)(?!$)", "$1 ")
                        + (head.length > 8 ? " ..." : "") + ")");
    }

    /** What the file is, where that is known. */
    static Optional<String> recognise(byte[] head) {
        if (head.length == 0) {
            return Optional.of("an empty file");
        }
        String hex = hex(head, Math.min(head.length, 16));
        return MAGIC.entrySet().stream()
                .filter(magic -> hex.matches(magic.getKey() + ".*"))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> text(head));
    }

    private static Optional<String> text(byte[] head) {
        String text;
        try {
            // the last character may be cut in two: up to three bytes of it are left out
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
        if (start.startsWith("version https://git-lfs")) {
            return Optional.of("a Git LFS pointer in place of the file (git lfs pull fetches it)");
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return Optional.of("an HTML page, perhaps the error page of a download");
        }
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
