package dev.jzoo.zoo.download;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How the bytes at a source wrap the content that is wanted. */
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
    /** The content is compressed with gzip (RFC 1952); how well differs between mirrors. */
    GZIP {
        @Override
        InputStream decode(InputStream source) throws IOException {
            return new GZIPInputStream(source, 1 << 16);
        }

        @Override
        public long longest(long contentBytes) {
            // Deflate never adds more than 5 bytes to 16 KiB; the rest is room for the header's file name and comment.
            return contentBytes + contentBytes / 1000 + (1 << 16);
        }

        @Override
        public String contentPath(String path) {
            return path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
        }
    };

    /** The content of an encoded stream. */
    abstract InputStream decode(InputStream source) throws IOException;

    /** The most bytes that content of this size can have when encoded; what is longer is not it. */
    public abstract long longest(long contentBytes);

    /** The path of the content, given that of the encoded file. */
    public abstract String contentPath(String path);
}
