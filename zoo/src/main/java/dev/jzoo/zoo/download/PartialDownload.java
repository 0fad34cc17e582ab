package dev.jzoo.zoo.download;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A download that is not complete, and beside it what tells whether the server still has the same file.
 *
 * @param bytes the bytes so far
 * @param state {@link DownloadOrigin} as JSON
 */
public record PartialDownload(Path bytes, Path state, Disk disk) {

    /**
     * What a download came from.
     *
     * @param source which address and which server gave it, as a digest: the address itself may have a password
     * @param validator the strong ETag, else the Last-Modified date; empty if the server gave neither
     * @param total size of the whole file, -1 if the server did not say
     * @param segments where it comes in several ranges at once, those, in order and without gaps; else none
     */
    public record DownloadOrigin(String source, String validator, long total, List<DownloadSegment> segments) {
        public DownloadOrigin {
            segments = List.copyOf(segments);
            long end = 0;
            for (DownloadSegment segment : segments) {
                if (segment.from() != end || segment.at() < segment.from() || segment.at() > segment.to()) {
                    throw new IllegalArgumentException("The segments have a gap, or one went past its end.");
                }
                end = segment.to();
            }
            if (!segments.isEmpty() && end != total) {
                throw new IllegalArgumentException("The segments end at " + end + ", the file at " + total + ".");
            }
        }
    }

    /**
     * A range of a file.
     *
     * @param from its first byte
     * @param to the byte behind its last
     * @param at the byte that comes next
     */
    record DownloadSegment(long from, long to, long at) {}

    /** How many bytes can be kept when this address is asked again, and by which validator. */
    public record Resume(long bytes, DownloadOrigin origin) {
        public boolean possible() {
            return bytes > 0;
        }

        boolean complete() {
            return bytes > 0 && bytes == origin.total();
        }

        /** Whether ranges are what is missing. */
        boolean inRanges() {
            return !origin.segments().isEmpty();
        }
    }

    private static final Resume ANEW = new Resume(0, new DownloadOrigin("", "", -1, List.of()));

    private static String address(URI uri) {
        return Sha256.of(uri.toString().getBytes(StandardCharsets.UTF_8)).hex() + " ";
    }

    /**
     * Identifies what gave a file.
     *
     * @param asked the address that was asked
     * @param answered the address that answered, after redirects; its query is a signature for one request at many servers
     */
    public static String source(URI asked, URI answered) {
        String place = answered.getScheme() + "://" + answered.getRawAuthority() + answered.getRawPath();
        return address(asked)
                + Sha256.of(place.getBytes(StandardCharsets.UTF_8)).hex();
    }

    public Resume resume(URI uri) throws IOException {
        if (!Disk.isSingle(bytes) || !Disk.isSingle(state)) {
            return ANEW;
        }
        DownloadOrigin origin;
        try {
            origin = Json.read(state, DownloadOrigin.class);
        } catch (DataFormatException e) {
            return ANEW; // half-written when the process was killed
        }
        boolean same =
                origin.source().startsWith(address(uri)) && !origin.validator().isEmpty();
        if (!same) {
            return ANEW;
        }
        long there = origin.segments().isEmpty()
                ? Files.size(bytes)
                : origin.segments().stream()
                        .mapToLong(segment -> segment.at() - segment.from())
                        .sum();
        return new Resume(there, origin);
    }

    /** Begins again from the first byte. */
    OutputStream begin(DownloadOrigin origin) throws IOException {
        delete();
        note(origin);
        return disk.create(bytes, Disk.Durability.IN_MEMORY);
    }

    /** Writes down how far it is. */
    void note(DownloadOrigin origin) throws IOException {
        disk.writeText(state, Json.compact(origin), Disk.Durability.IN_MEMORY);
    }

    /** The file, to be written anywhere. */
    FileChannel open() {
        return disk.call(
                bytes,
                () -> FileChannel.open(
                        bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    OutputStream proceed() {
        return disk.append(bytes, Disk.Durability.IN_MEMORY);
    }

    /** A file beside this one for the decoded content. */
    public Path content() {
        return bytes.resolveSibling(bytes.getFileName().toString().replace(".part", ".content"));
    }

    /** Writes that file. */
    public OutputStream beginContent() {
        return disk.create(content(), Disk.Durability.IN_MEMORY);
    }

    public void delete() {
        disk.delete(state);
        disk.delete(bytes);
        disk.delete(content());
    }
}
