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
 * An incomplete download, with a state file that shows whether the server still has the same file.
 *
 * @param bytes the file of the bytes so far
 * @param state the state file, a {@link DownloadOrigin} as JSON
 */
public record PartialDownload(Path bytes, Path state, Disk disk) {

    /**
     * The origin of a download.
     *
     * @param source a digest of the requested address and the answering server; the address itself may contain a password
     * @param validator the strong ETag, or the Last-Modified date; empty if the server sent neither
     * @param total size of the whole file, -1 if the server did not send it
     * @param segments the ranges of a download over several connections, in order and without gaps; otherwise empty
     */
    public record DownloadOrigin(String source, String validator, long total, List<DownloadSegment> segments) {
        public DownloadOrigin {
            segments = List.copyOf(segments);
            long end = 0;
            for (DownloadSegment segment : segments) {
                if (segment.from() != end || segment.at() < segment.from() || segment.at() > segment.to()) {
                    throw new IllegalArgumentException("The segments have a gap, or one goes past its end.");
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
     * @param to the byte after its last
     * @param at the next byte to fetch
     */
    record DownloadSegment(long from, long to, long at) {}

    /** The number of bytes that a new request can keep, and the validator to send. */
    public record Resume(long bytes, DownloadOrigin origin) {
        public boolean possible() {
            return bytes > 0;
        }

        boolean complete() {
            return bytes > 0 && bytes == origin.total();
        }

        /** Returns whether the missing bytes are fetched in ranges. */
        boolean inRanges() {
            return !origin.segments().isEmpty();
        }
    }

    private static final Resume FROM_START = new Resume(0, new DownloadOrigin("", "", -1, List.of()));

    private static String address(URI uri) {
        return Sha256.of(uri.toString().getBytes(StandardCharsets.UTF_8)).hex() + " ";
    }

    /**
     * Returns a digest that identifies the source of a file.
     *
     * @param asked the requested address
     * @param answered the address that answered after redirects; its query is left out, since many servers sign each request in
     *     it
     */
    public static String source(URI asked, URI answered) {
        String place = answered.getScheme() + "://" + answered.getRawAuthority() + answered.getRawPath();
        return address(asked)
                + Sha256.of(place.getBytes(StandardCharsets.UTF_8)).hex();
    }

    public Resume resume(URI uri) throws IOException {
        if (!Disk.isSingle(bytes) || !Disk.isSingle(state)) {
            return FROM_START;
        }
        DownloadOrigin origin;
        try {
            origin = Json.read(state, DownloadOrigin.class);
        } catch (DataFormatException e) {
            return FROM_START; // incomplete, because the process was killed while writing it
        }
        boolean same =
                origin.source().startsWith(address(uri)) && !origin.validator().isEmpty();
        if (!same) {
            return FROM_START;
        }
        long there = origin.segments().isEmpty()
                ? Files.size(bytes)
                : origin.segments().stream()
                        .mapToLong(segment -> segment.at() - segment.from())
                        .sum();
        return new Resume(there, origin);
    }

    /** Starts the download again from the first byte. */
    OutputStream begin(DownloadOrigin origin) throws IOException {
        delete();
        note(origin);
        return disk.create(bytes, Disk.Durability.IN_MEMORY);
    }

    /** Writes the progress to the state file. */
    void note(DownloadOrigin origin) throws IOException {
        disk.writeText(state, Json.compact(origin), Disk.Durability.IN_MEMORY);
    }

    /** Opens the file for writing at any position. */
    FileChannel open() {
        return disk.call(
                bytes,
                () -> FileChannel.open(
                        bytes, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    OutputStream proceed() {
        return disk.append(bytes, Disk.Durability.IN_MEMORY);
    }

    /** Returns the file for the decoded content, next to this one. */
    public Path content() {
        return bytes.resolveSibling(bytes.getFileName().toString().replace(".part", ".content"));
    }

    /** Opens the file for the decoded content. */
    public OutputStream beginContent() {
        return disk.create(content(), Disk.Durability.IN_MEMORY);
    }

    public void delete() {
        disk.delete(state);
        disk.delete(bytes);
        disk.delete(content());
    }
}
