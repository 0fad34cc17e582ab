package dev.jzoo.zoo.download;

import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.PlainText;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A downloader for HTTP. It resumes with Range and If-Range, fetches large files in several ranges, and retries after broken
 * connections and statuses 429 and 5xx.
 */
public final class HttpDownloader {

    /** A listener for the bytes received so far and the total, or -1 if unknown. */
    public interface ByteProgress {
        void at(long done, long total);
    }

    private static final Logger LOG = LoggerFactory.getLogger(HttpDownloader.class);

    private final RetryPolicy retries;
    private final Http http;

    public HttpDownloader(RetryPolicy retries) {
        this.retries = retries;
        this.http = new Http(retries.connect());
    }

    /** A failure to continue a partial download: the server has another file now, or does not serve ranges. */
    private static final class UnusablePartException extends IOException {
        UnusablePartException(String problem) {
            super(problem);
        }

        static UnusablePartException changed() {
            return new UnusablePartException("changed while it was downloaded");
        }
    }

    /**
     * Downloads into the part file. Resumes an earlier download if the server still has the same file.
     *
     * @param longest the maximum size of the file in bytes; a server that sends more is cut off
     * @return the digest of the file, computed during the download
     * @throws ContentMismatchException if the file is longer
     */
    public Sha256 download(Location.WebLocation place, PartialDownload part, long longest, ByteProgress progress)
            throws IOException {
        boolean ranges = true;
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(place, part, longest, ranges, progress);
            } catch (ContentMismatchException | Http.PermanentHttpException | DeniedException | SSLException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("Interrupted while downloading " + place);
                }
                boolean whole = e instanceof UnusablePartException && ranges;
                if (e instanceof UnusablePartException) {
                    part.delete();
                    ranges = false; // the server may wrongly claim to serve ranges
                }
                if (attempt >= retries.attempts() && !whole) {
                    throw e;
                }
                LOG.debug("Attempt {} to download {} failed: {}", attempt, place, IoErrors.of(e));
                Duration asked =
                        e instanceof Http.TemporaryHttpException passing ? passing.retryAfter() : Duration.ZERO;
                pause(asked.compareTo(retries.pauseAfter(attempt)) > 0 ? asked : retries.pauseAfter(attempt));
            }
        }
    }

    /**
     * Returns a short UTF-8 text; empty if the server does not have the file.
     *
     * @param longest the maximum size in bytes
     * @throws DeniedException if the server wants a token, or a different one
     */
    public Optional<String> text(Location.WebLocation place, int longest) throws IOException {
        HttpResponse<InputStream> response = http.get(place, UnaryOperator.identity());
        try (InputStream body = response.body();
                StallGuard guard = new StallGuard(body, retries.stall())) {
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw Http.failure(response);
            }
            byte[] bytes = body.readNBytes(longest + 1);
            guard.check();
            if (bytes.length > longest) {
                throw new ContentMismatchException("has more than " + longest + " bytes.");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Returns the text at a location; empty if there is none, or if it needs a network while offline. */
    public Optional<String> text(Location place, int longest, boolean offline) throws IOException {
        if (place instanceof Location.WebLocation address) {
            return offline ? Optional.empty() : text(address, longest);
        }
        Path file = ((Location.FileLocation) place).file();
        return Files.exists(file) ? Optional.of(PlainText.read(file, longest)) : Optional.empty();
    }

    private Sha256 attempt(
            Location.WebLocation place, PartialDownload part, long longest, boolean inRanges, ByteProgress progress)
            throws IOException {
        URI uri = place.uri();
        PartialDownload.Resume resume = part.resume(uri);
        if (resume.complete()) {
            return Sha256.of(part.bytes()); // the last run was killed between the last byte and the check
        }
        if (resume.inRanges()) {
            return ranges(place, part, resume.origin(), progress).fetch(null);
        }
        HttpResponse<InputStream> response = http.get(
                place, request -> resume.possible() ? bytes(request, resume.bytes() + "-", resume.origin()) : request);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> {
                    long total = contentLength(response.headers());
                    PartialDownload.DownloadOrigin origin = new PartialDownload.DownloadOrigin(
                            PartialDownload.source(uri, response.uri()),
                            validator(response.headers()),
                            total,
                            inRanges ? segments(response.headers(), total, longest) : List.of());
                    if (!origin.segments().isEmpty()) {
                        part.begin(origin).close();
                        return ranges(place, part, origin, progress).fetch(body);
                    }
                    try (OutputStream out = part.begin(origin)) {
                        if (total > longest) {
                            out.write(body.readNBytes(FileKind.HEAD)); // so that the message can name the kind of file
                            throw new ContentMismatchException(
                                    "has " + total + " bytes, expected at most " + longest + ".");
                        }
                        return copy(body, part, out, 0, total, longest, progress);
                    }
                }
                case 206 -> {
                    long total = continued(response, PartialDownload.source(uri, response.uri()), resume);
                    try (OutputStream out = part.proceed()) {
                        return copy(body, part, out, resume.bytes(), total, longest, progress);
                    }
                }
                default ->
                    throw resume.possible() && refusesRanges(response.statusCode())
                            ? new UnusablePartException("HTTP " + response.statusCode() + " for a range of the file")
                            : Http.failure(response);
            }
        }
    }

    /**
     * Returns whether a status may only reject the range, from a server that has the file. 416 means that the file has become
     * shorter.
     */
    private static boolean refusesRanges(int status) {
        return status >= 400 && status < 500 && status != 404 && status != 408 && status != 410 && status != 429
                || status == 501;
    }

    private static long contentLength(HttpHeaders headers) {
        return headers.firstValue("Content-Length")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(-1L);
    }

    private static HttpRequest.Builder bytes(
            HttpRequest.Builder request, String range, PartialDownload.DownloadOrigin origin) {
        return request.header("Range", "bytes=" + range).header("If-Range", origin.validator());
    }

    /** Returns the ranges to fetch at once, for a large file whose server serves ranges of exactly these bytes; empty otherwise. */
    private static List<PartialDownload.DownloadSegment> segments(HttpHeaders headers, long total, long longest) {
        boolean ranges = headers.firstValue("Accept-Ranges").orElse("").equalsIgnoreCase("bytes")
                && validator(headers).startsWith("\""); // an entity tag; different bytes may share a date
        return ranges && total >= RangedDownload.LARGE && total <= longest ? RangedDownload.split(total) : List.of();
    }

    private RangedDownload ranges(
            Location.WebLocation place,
            PartialDownload part,
            PartialDownload.DownloadOrigin origin,
            ByteProgress progress) {
        return new RangedDownload(
                part, origin, (from, to) -> range(place, origin, from, to), progress, retries.stall());
    }

    /** Opens the file from one byte up to another, if the server still has the same file. */
    private InputStream range(Location.WebLocation place, PartialDownload.DownloadOrigin origin, long from, long to)
            throws IOException {
        HttpResponse<InputStream> response = http.get(place, request -> bytes(request, from + "-" + (to - 1), origin));
        Optional<ContentRange> wanted = Optional.of(new ContentRange(from, to, origin.total()));
        String source = PartialDownload.source(place.uri(), response.uri());
        if (response.statusCode() == 206
                && isSame(response, source, origin)
                && ContentRange.of(response.headers()).equals(wanted)) {
            return response.body();
        }
        response.body().close();
        if (response.statusCode() == 200 || response.statusCode() == 206) {
            throw UnusablePartException.changed();
        }
        throw refusesRanges(response.statusCode())
                ? new UnusablePartException("HTTP " + response.statusCode() + " for a range of the file")
                : Http.failure(response);
    }

    private Sha256 copy(
            InputStream body,
            PartialDownload part,
            OutputStream out,
            long from,
            long total,
            long longest,
            ByteProgress progress)
            throws IOException {
        long done = from;
        byte[] buffer = new byte[1 << 17];
        try (FollowingDigest digest = new FollowingDigest(part.bytes());
                StallGuard guard = new StallGuard(body, retries.stall())) {
            int n;
            while ((n = read(body, buffer, guard)) >= 0) {
                guard.heard(n);
                int fitting = (int) Math.min(n, longest - done);
                out.write(buffer, 0, fitting);
                done += fitting;
                if (fitting < n) {
                    throw new ContentMismatchException("sent more than the expected " + longest + " bytes.");
                }
                digest.written(done);
                progress.at(done, total);
            }
            if (total >= 0 && done != total) {
                throw new Http.TemporaryHttpException("ended after " + done + " of " + total + " bytes", Duration.ZERO);
            }
            return digest.finish();
        }
    }

    /** Reads bytes. Fails if none arrive for too long. */
    static int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
        try {
            int n = body.read(buffer);
            guard.check();
            return n;
        } catch (IOException e) {
            guard.check();
            throw e;
        }
    }

    /** Returns the total size, if the server continues the same file from the right byte to its end. */
    private static long continued(HttpResponse<?> response, String source, PartialDownload.Resume resume)
            throws UnusablePartException {
        long total = resume.origin().total();
        return ContentRange.of(response.headers())
                .filter(given -> given.from() == resume.bytes() && (given.total() < 0 || given.to() == given.total()))
                .filter(given -> given.total() < 0 || total < 0 || given.total() == total)
                .filter(given -> isSame(response, source, resume.origin()))
                .orElseThrow(UnusablePartException::changed)
                .total();
    }

    /**
     * Returns whether a partial response belongs to the file whose download was begun: it is from the same server and has the same
     * tag, which RFC 9110 (15.3.7) requires of a partial response. A trusted address may have no digest that would check the whole
     * file at the end.
     */
    private static boolean isSame(HttpResponse<?> response, String source, PartialDownload.DownloadOrigin origin) {
        return origin.source().equals(source) && validator(response.headers()).equals(origin.validator());
    }

    /** Returns a validator that identifies the exact bytes. A weak ETag ("W/") does not. */
    private static String validator(HttpHeaders headers) {
        return headers.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> headers.firstValue("Last-Modified"))
                .orElse("");
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting to retry a download");
        }
    }
}
