package dev.jzoo.zoo.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Where the bytes of a file may come from. {@code toString} names it for messages, without a password. */
public sealed interface Location {

    /** A place that can be read without any network. */
    sealed interface LocalLocation extends Location {
        /** Opens it from the beginning; whoever calls closes it. Fails with NoSuchFileException where it has no such file. */
        InputStream open() throws IOException;
    }

    /**
     * An address on the web.
     *
     * @param token that opens it, for its own host and no other; empty where it needs none
     */
    record WebLocation(URI uri, String token) implements Location {
        public WebLocation(URI uri) {
            this(uri, "");
        }

        /** Whether an address is on the same server, so that it may see the token. */
        boolean isServerOf(URI other) {
            return uri.getScheme().equalsIgnoreCase(other.getScheme())
                    && uri.getHost().equalsIgnoreCase(other.getHost())
                    && uri.getPort() == other.getPort();
        }

        @Override
        public String toString() {
            return uri.toString().replaceFirst("//[^/@]*@", "//");
        }
    }

    /** A file. */
    record FileLocation(Path file) implements LocalLocation {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /** A file that travels in the jar. */
    record JarLocation(ClassLoader loader, String name) implements LocalLocation {
        @Override
        public InputStream open() throws IOException {
            InputStream in = loader.getResourceAsStream(name);
            if (in == null) {
                throw new NoSuchFileException(name);
            }
            return in;
        }

        @Override
        public String toString() {
            return "the jar, " + name;
        }
    }

    /** The place that an address names. Fails with IllegalArgumentException unless it is http, https or file. */
    static Location at(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> {
                if (uri.getHost() == null) {
                    throw new IllegalArgumentException("An address names a host; '" + uri + "' does not.");
                }
                yield new WebLocation(uri);
            }
            case "file" -> new FileLocation(Path.of(uri));
            default ->
                throw new IllegalArgumentException(
                        "An address begins with https:, http: or file:; '" + uri + "' does not.");
        };
    }

    /** The place of a file below a mirror, whose address ends in '/'. */
    static Location below(URI mirror, String path) {
        try {
            return at(mirror.resolve(
                    new URI(null, null, "/" + path, null).toASCIIString().substring(1)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("No address can be made of '" + path + "'.", e);
        }
    }
}
