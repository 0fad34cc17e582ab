package dev.jzoo.zoo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads over HTTP (RFC 9110). Follows redirects, but not from https to http; goes through the proxy of the JVM
 * ({@link ProxySelector#getDefault()}); resumes with Range and If-Range; asks again after broken connections, 429 and 5xx.
 */
final class Web {

    /** Hears the bytes so far, and in all or -1. */
    interface Progress {
        void at(long done, long total);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Web.class);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);

    private final Patience patience;
    private final HttpClient client;

    Web(Patience patience) {
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience.connect());
        ProxySelector proxy = ProxySelector.getDefault();
        client = (proxy == null ? builder : builder.proxy(proxy)).build();
    }

    /** A failure that another attempt may not have. */
    private static final class Passing extends IOException {
        private final transient Duration retryAfter;

        Passing(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }
    }

    /** A failure that another attempt would have as well. */
    private static final class Lasting extends IOException {
        Lasting(String message) {
            super(message);
        }
    }

    /**
     * Downloads into the part file, from where it was broken off if the server still has the same file.
     *
     * @param longest what the file cannot be longer than; a server that sends more is cut off
     * @throws SpoiledException where it is longer
     */
    void download(URI uri, Part part, long longest, Progress progress) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(uri, part, longest, progress);
                return;
            } catch (SpoiledException | Lasting | SSLException e) {
                throw e;
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("Interrupted while downloading " + uri);
                }
                if (attempt >= patience.attempts()) {
                    throw e;
                }
                LOG.debug("Attempt {} to download {} failed: {}", attempt, uri, Reason.of(e));
                Duration asked = e instanceof Passing passing ? passing.retryAfter : Duration.ZERO;
                pause(asked.compareTo(patience.pauseAfter(attempt)) > 0 ? asked : patience.pauseAfter(attempt));
            }
        }
    }

    /**
     * A short UTF-8 text; empty where the server has no such file.
     *
     * @param longest how many bytes it may have
     */
    Optional<String> text(URI uri, int longest) throws IOException {
        HttpResponse<InputStream> response =
                send(HttpRequest.newBuilder(uri).timeout(patience.connect()).build());
        try (InputStream body = response.body();
                StallGuard guard = new StallGuard(body, patience.stall())) {
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new Lasting("HTTP " + response.statusCode());
            }
            byte[] bytes = body.readNBytes(longest + 1);
            guard.check();
            if (bytes.length > longest) {
                throw new SpoiledException("has more than " + longest + " bytes.");
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private void attempt(URI uri, Part part, long longest, Progress progress) throws IOException {
        Part.Resume resume = part.resume(uri);
        if (resume.complete()) {
            return; // killed after the last byte and before the check
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(patience.connect())
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "jzoo");
        if (resume.possible()) {
            request.header("Range", "bytes=" + resume.bytes() + "-").header("If-Range", resume.validator());
        }
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 200 -> {
                    long total = response.headers()
                            .firstValueAsLong("Content-Length")
                            .orElse(-1);
                    Part.Origin origin = new Part.Origin(uri.toString(), validator(response.headers()), total);
                    try (OutputStream out = part.begin(origin)) {
                        if (total > longest) {
                            out.write(body.readNBytes(Impostor.HEAD)); // to tell what it is
                            throw new SpoiledException(
                                    "has " + total + " bytes, expected no more than " + longest + ".");
                        }
                        copy(body, out, 0, total, longest, progress);
                    }
                }
                case 206 -> {
                    long total = continued(response.headers(), resume, part);
                    try (OutputStream out = part.proceed()) {
                        copy(body, out, resume.bytes(), total, longest, progress);
                    }
                }
                default -> throw failure(response, part);
            }
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while downloading " + request.uri());
        }
    }

    private void copy(InputStream body, OutputStream out, long from, long total, long longest, Progress progress)
            throws IOException {
        long done = from;
        byte[] buffer = new byte[1 << 16];
        try (StallGuard guard = new StallGuard(body, patience.stall())) {
            int n;
            while ((n = read(body, buffer, guard)) >= 0) {
                guard.heard();
                int fitting = (int) Math.min(n, longest - done);
                out.write(buffer, 0, fitting);
                done += fitting;
                if (fitting < n) {
                    throw new SpoiledException("sent more than the expected " + longest + " bytes.");
                }
                progress.at(done, total);
            }
        }
        if (total >= 0 && done != total) {
            throw new Passing("ended after " + done + " of " + total + " bytes", Duration.ZERO);
        }
    }

    private static int read(InputStream body, byte[] buffer, StallGuard guard) throws IOException {
        try {
            int n = body.read(buffer);
            guard.check();
            return n;
        } catch (IOException e) {
            guard.check();
            throw e;
        }
    }

    /** The total size, where the server continues at the right byte. */
    private static long continued(HttpHeaders headers, Part.Resume resume, Part part) throws IOException {
        Matcher range =
                CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
        if (!range.matches() || Long.parseLong(range.group(1)) != resume.bytes()) {
            part.delete();
            throw new Passing("did not continue at byte " + resume.bytes(), Duration.ZERO);
        }
        return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
    }

    /** Only what identifies the very bytes: a weak ETag ("W/") may stand for others. */
    private static String validator(HttpHeaders headers) {
        return headers.firstValue("ETag")
                .filter(tag -> tag.startsWith("\""))
                .or(() -> headers.firstValue("Last-Modified"))
                .orElse("");
    }

    private static IOException failure(HttpResponse<InputStream> response, Part part) {
        int status = response.statusCode();
        if (status == 416) {
            part.delete(); // the file has become shorter than the part
            return new Passing("HTTP 416, no such range", Duration.ZERO);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new Passing("HTTP " + status, retryAfter(response.headers()));
        }
        if (status >= 300 && status < 400) {
            return new Lasting("HTTP " + status + ", a redirect that is not followed, to "
                    + response.headers().firstValue("Location").orElse("nowhere")
                    + " (from https to http never is)");
        }
        return new Lasting("HTTP " + status + (status == 404 ? ", no such file" : ""));
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER)
                .orElse(Duration.ZERO);
    }

    private static void pause(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting to download again");
        }
    }
}
