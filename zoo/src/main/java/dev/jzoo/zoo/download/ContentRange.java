package dev.jzoo.zoo.download;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file in a response, by its header Content-Range (RFC 9110, 14.4).
 *
 * @param from its first byte
 * @param to the byte after its last
 * @param total size of the whole file in bytes, or -1 if the server does not know it
 */
record ContentRange(long from, long to, long total) {

    /** The form of the header. Numbers are limited to 18 digits, which always fit into a long. */
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Returns the header's range; empty if the header is missing or has another form. */
    static Optional<ContentRange> of(HttpHeaders headers) {
        Matcher range = FORM.matcher(headers.firstValue("Content-Range").orElse(""));
        if (!range.matches()) {
            return Optional.empty();
        }
        String total = range.group(3);
        return Optional.of(new ContentRange(
                Long.parseLong(range.group(1)),
                Long.parseLong(range.group(2)) + 1,
                total.equals("*") ? -1 : Long.parseLong(total)));
    }
}
