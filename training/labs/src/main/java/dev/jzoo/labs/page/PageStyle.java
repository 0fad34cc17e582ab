package dev.jzoo.labs.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The style sheet of labs and guides, in addition to that of reports. */
final class PageStyle {

    private PageStyle() {}

    static String css() {
        try (InputStream in = PageStyle.class.getResourceAsStream("lab.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet in the library's jar cannot be read.", e);
        }
    }
}
