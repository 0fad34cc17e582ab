package dev.jzoo.zoo.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Asks servers for files (HTTP, RFC 9110). Follows redirects, but not from https to http, and takes no token to another server;
 * goes through the proxy of the JVM ({@link ProxySelector#getDefault()}).
 */
final class Http {

    /** A failure that another attempt may not have. */
    static final class TemporaryHttpException extends IOException {
        private final transient Duration retryAfter;

        TemporaryHttpException(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /** How long the server asks to wait; zero where it does not say. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A failure that another attempt would have as well. */
    static final class PermanentHttpException extends IOException {
        PermanentHttpException(String message) {
            super(message);
        }
    }

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    private final Duration connect;
    private HttpClient client;

    /** @param connect how long to wait for a connection, and then for the first byte of the answer, each */
    Http(Duration connect) {
        this.connect = connect;
    }

    /** Built when first needed: most programs find everything in the cache, and the client is slow to load. */
    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(connect);
            ProxySelector proxy = ProxySelector.getDefault();
            client = (proxy == null ? builder : builder.proxy(proxy)).build();
        }
        return client;
    }

    /**
     * The answer, after redirects, whatever its status; whoever calls closes its body.
     *
     * @param headers adds those of this request
     */
    HttpResponse<InputStream> get(Location.WebLocation place, UnaryOperator<HttpRequest.Builder> headers)
            throws IOException {
        URI uri = place.uri();
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(connect)
                    .header("Accept-Encoding", "identity")
                    .header("User-Agent", "jzoo");
            if (!place.token().isEmpty() && place.isServerOf(uri)) {
                request.header("Authorization", "Bearer " + place.token());
            }
            HttpResponse<InputStream> response = send(headers.apply(request).build());
            Optional<URI> next = next(response, uri);
            if (next.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = next.get();
        }
        throw new PermanentHttpException("redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client().send(request, answer -> new ResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(
                    "Interrupted while downloading " + new Location.WebLocation(request.uri()));
        } catch (IllegalArgumentException e) {
            throw new PermanentHttpException(
                    "does not answer as HTTP/1.1 demands"); // its own message may quote a header
        }
    }

    /** Where a redirect leads that is followed. */
    private static Optional<URI> next(HttpResponse<?> response, URI from) {
        if (!REDIRECTS.contains(response.statusCode())) {
            return Optional.empty();
        }
        return response.headers()
                .firstValue("Location")
                .flatMap(location -> resolved(from, location))
                .filter(to -> to.getHost() != null && to.getPort() <= Location.HIGHEST_PORT)
                .filter(to -> to.getScheme().equals("https")
                        || to.getScheme().equals("http") && from.getScheme().equalsIgnoreCase("http"));
    }

    private static Optional<URI> resolved(URI from, String location) {
        try {
            URI to = from.resolve(location);
            return to.getScheme() == null ? Optional.empty() : Optional.of(to);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no address
        }
    }

    /** What an answer means that is not the one asked for. */
    static IOException failure(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status == 416) {
            return new TemporaryHttpException("HTTP 416, no such range", Duration.ZERO);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new TemporaryHttpException("HTTP " + status, retryAfter(response.headers()));
        }
        if (status == 401 || status == 403) {
            return new DeniedException("HTTP " + status + ", which says that this needs a token, or another one");
        }
        if (status >= 300 && status < 400) {
            return new PermanentHttpException("HTTP " + status + ", a redirect that is not followed, to "
                    + response.headers()
                            .firstValue("Location")
                            .map(PublicAddress::of)
                            .orElse("nowhere")
                    + " (only http and https are followed, and never from https to http)");
        }
        return new PermanentHttpException("HTTP " + status + (status == 404 ? ", no such file" : ""));
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(asked -> asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER)
                .orElse(Duration.ZERO);
    }
}
