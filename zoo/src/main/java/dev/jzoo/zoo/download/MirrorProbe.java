package dev.jzoo.zoo.download;

import dev.jzoo.zoo.error.IoErrors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A quick check whether a mirror's server answers. Downloads nothing. */
public final class MirrorProbe {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    private MirrorProbe() {}

    /**
     * Requests the headers of an address and returns the HTTP status. Any status means that the server answers; a mirror need not
     * list its folders.
     *
     * @param mirror an address with http or https
     * @throws IOException if no answer arrives within seconds; the message has the reason
     */
    public static int status(URI mirror) throws IOException {
        if (!(Location.at(mirror) instanceof Location.WebLocation place)) {
            throw new IllegalArgumentException("Expected an address with http or https, found " + mirror + ".");
        }
        try {
            HttpResponse<InputStream> response =
                    new Http(LONGEST_WAIT).get(place, request -> request.method("HEAD", BodyPublishers.noBody()));
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new IOException(IoErrors.of(e), e);
        }
    }
}
