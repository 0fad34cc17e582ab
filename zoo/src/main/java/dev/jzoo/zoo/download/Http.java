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
import org.jspecify.annotations.Nullable;

/**
 * A client that requests files from servers (HTTP, RFC 9110). It follows redirects, but not from https to http, and sends a token
 * only to the token's own server. It uses the proxy of the JVM ({@link ProxySelector#getDefault()}).
 */
final class Http {

    /** A failure that another attempt may avoid. */
    static final class TemporaryHttpException extends IOException {
        private final transient Duration retryAfter;

        TemporaryHttpException(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /** Returns the wait that the server asks for; zero if it does not name one. */
        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A failure that another attempt would repeat. */
    static final class PermanentHttpException extends IOException {
        PermanentHttpException(String message) {
            super(message);
        }
    }

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(10);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 10;

    private final Duration connect;
    private @Nullable HttpClient client;

    /**
     * Creates a client.
     *
     * @param connect timeout for the connection, and again for the first byte of the response
     */
    Http(Duration connect) {
        this.connect = connect;
    }

    /** Returns the client. It is created on first use, because it loads slowly and most programs find every file in the cache. */
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
     * Returns the response after redirects, whatever its status. The caller closes its body.
     *
     * @param headers adds the headers of this request
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
                    "does not answer according to HTTP/1.1"); // the client's own message may quote a header
        }
    }

    /** Returns the address of a redirect, if it may be followed. */
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
            return Optional.empty(); // not an address
        }
    }

    /** Returns the failure that an unexpected response stands for. */
    static IOException failure(HttpResponse<?> response) {
        int status = response.statusCode();
        if (status == 416) {
            return new TemporaryHttpException("HTTP 416, no such range", Duration.ZERO);
        }
        if (status == 408 || status == 429 || status >= 500) {
            return new TemporaryHttpException("HTTP " + status, retryAfter(response.headers()));
        }
        if (status == 401 || status == 403) {
            return new DeniedException("HTTP " + status + ": access needs a token, or a different one");
        }
        if (status >= 300 && status < 400) {
            return new PermanentHttpException("HTTP " + status + ", a redirect to "
                    + response.headers()
                            .firstValue("Location")
                            .map(PublicAddress::of)
                            .orElse("nowhere")
                    + ", which is not followed (only http and https are, and never from https to http)");
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
