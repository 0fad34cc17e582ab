package dev.jzoo.zoo.download;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a file an answer has, by its header Content-Range (RFC 9110, 14.4).
 *
 * @param from its first byte
 * @param to the byte behind its last
 * @param total size of the whole file in bytes, or -1 where the server does not know
 */
record ContentRange(long from, long to, long total) {

    /** Eighteen digits always fit. */
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Empty where the header is missing or says something else. */
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
