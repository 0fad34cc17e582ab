package dev.jzoo.zoo.download;

import dev.jzoo.zoo.file.PlainText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where the bytes of a file may come from. {@code toString} names it for messages, without a password. */
public sealed interface Location {

    int HIGHEST_PORT = 65_535;

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
            return PublicAddress.of(uri);
        }
    }

    /** A file. */
    record FileLocation(Path file) implements LocalLocation {
        @Override
        public InputStream open() throws IOException {
            return PlainText.open(file);
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

    /**
     * Reads an address.
     *
     * @param what it is, for the message, which has neither its password nor its query
     */
    static URI parse(String what, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(what + " is an address; '" + PublicAddress.of(text) + "' is not: "
                    + e.getReason() + " at character " + (e.getIndex() + 1) + ".");
        }
    }

    /**
     * An entry of a jar that is a file.
     *
     * @param origin what the jar is, for messages
     */
    record ZipLocation(Path jar, String origin, String entry) implements LocalLocation {
        @Override
        public InputStream open() throws IOException {
            ZipFile zip = new ZipFile(jar.toFile());
            try {
                ZipEntry found = zip.getEntry(entry);
                if (found == null) {
                    throw new NoSuchFileException(entry);
                }
                return new FilterInputStream(zip.getInputStream(found)) {
                    @Override
                    public void close() throws IOException {
                        zip.close(); // and with it the stream
                    }
                };
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        }

        @Override
        public String toString() {
            return origin + ", " + entry;
        }
    }

    /** The place that an address names. Fails with IllegalArgumentException unless it is http, https or file. */
    static Location at(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> {
                if (uri.getHost() == null) {
                    throw new IllegalArgumentException(
                            "An address names a host; '" + PublicAddress.of(uri) + "' does not.");
                }
                if (uri.getPort() > HIGHEST_PORT) {
                    throw new IllegalArgumentException(
                            "A port is at most " + HIGHEST_PORT + "; that of '" + PublicAddress.of(uri) + "' is not.");
                }
                yield new WebLocation(uri);
            }
            case "file" -> new FileLocation(Path.of(uri));
            default ->
                throw new IllegalArgumentException(
                        "An address begins with https:, http: or file:; '" + PublicAddress.of(uri) + "' does not.");
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
