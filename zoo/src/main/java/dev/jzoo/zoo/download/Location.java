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

/** A location of a file's bytes. {@code toString} names it in messages, without passwords. */
public sealed interface Location {

    int HIGHEST_PORT = 65_535;

    /** A location that is readable without a network. */
    sealed interface LocalLocation extends Location {
        /** Opens the file from its first byte. The caller closes the stream. Fails with NoSuchFileException if there is no file. */
        InputStream open() throws IOException;
    }

    /**
     * An address on the web.
     *
     * @param token the token for access, sent only to the address's own host; empty if none is needed
     */
    record WebLocation(URI uri, String token) implements Location {
        public WebLocation(URI uri) {
            this(uri, "");
        }

        /** Returns whether an address is on the same server, and may receive the token. */
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

    /** A file on this disk. */
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

    /** A resource in JZoo's jar. */
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
     * Parses an address.
     *
     * @param what the subject of the message, which names neither password nor query of the address
     */
    static URI parse(String what, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(what + " must be an address; '" + PublicAddress.of(text) + "' is not: "
                    + e.getReason() + " at character " + (e.getIndex() + 1) + ".");
        }
    }

    /**
     * An entry of a jar file.
     *
     * @param origin a name for the jar, for messages
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
                        zip.close(); // which also closes the stream
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

    /** Returns the location at an address. Fails with IllegalArgumentException unless its scheme is http, https or file. */
    static Location at(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> {
                if (uri.getHost() == null) {
                    throw new IllegalArgumentException(
                            "An address must name a host; '" + PublicAddress.of(uri) + "' does not.");
                }
                if (uri.getPort() > HIGHEST_PORT) {
                    throw new IllegalArgumentException("A port must be at most " + HIGHEST_PORT + "; '"
                            + PublicAddress.of(uri) + "' has a" + " higher one.");
                }
                yield new WebLocation(uri);
            }
            case "file" -> new FileLocation(Path.of(uri));
            default ->
                throw new IllegalArgumentException(
                        "An address must begin with https:, http: or file:; '" + PublicAddress.of(uri) + "' does not.");
        };
    }

    /** Returns the location of a file in a mirror, whose address ends in '/'. */
    static Location below(URI mirror, String path) {
        try {
            return at(mirror.resolve(
                    new URI(null, null, "/" + path, null).toASCIIString().substring(1)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + path + "' cannot be part of an address.", e);
        }
    }
}
