package dev.jzoo.zoo.download;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The encoding of a file's content at a source. */
public enum Encoding {
    /** The bytes are the content. */
    IDENTITY {
        @Override
        InputStream decode(InputStream source) {
            return source;
        }

        @Override
        public long longest(long contentBytes) {
            return contentBytes;
        }

        @Override
        public String contentPath(String path) {
            return path;
        }
    },
    /** The content is compressed with gzip (RFC 1952). The compressed size differs between mirrors. */
    GZIP {
        @Override
        InputStream decode(InputStream source) throws IOException {
            return new GZIPInputStream(source, 1 << 16);
        }

        @Override
        public long longest(long contentBytes) {
            // Deflate adds at most 5 bytes to 16 KiB; the rest is room for the header's file name and comment.
            return contentBytes + contentBytes / 1000 + (1 << 16);
        }

        @Override
        public String contentPath(String path) {
            return path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
        }
    };

    /** Returns the content of an encoded stream. */
    abstract InputStream decode(InputStream source) throws IOException;

    /** Returns the maximum size of the encoded bytes for content of this size. A longer file is not the expected one. */
    public abstract long longest(long contentBytes);

    /** Returns the path of the content, given the path of the encoded file. */
    public abstract String contentPath(String path);
}
