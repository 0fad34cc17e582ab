package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A fenced block of a page.
 *
 * @param language language after the opening fence: "java"
 * @param text text between the fences
 */
record PageBlock(String language, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    /** Returns the blocks of a page, in order. */
    static List<PageBlock> in(String page) {
        return BLOCK.matcher(page)
                .results()
                .map(found -> new PageBlock(found.group(1), found.group(2)))
                .toList();
    }

    /** Compares a page's output, in which "..." matches anything, with the real output. */
    static void assertPrinted(String expected, String printed) {
        String pattern = Arrays.stream(expected.split("\\.\\.\\.", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        if (!Pattern.compile(pattern).matcher(printed).matches()) {
            assertEquals(expected, printed);
        }
    }
}
