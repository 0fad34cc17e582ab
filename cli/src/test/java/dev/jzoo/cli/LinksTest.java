package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the documents to files of the project and to headings. Addresses on the web are not followed. */
class LinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkLeadsToAFileOrHeading() throws IOException {
        Set<String> broken = new TreeSet<>();
        int links = 0;
        for (Path page : pages()) {
            Matcher matcher = LINK.matcher(Files.readString(page));
            while (matcher.find()) {
                String link = matcher.group(1);
                if (!link.matches("[a-z]+:.*")) {
                    links++;
                    if (!exists(page, link)) {
                        broken.add(ROOT.relativize(page) + " -> " + link);
                    }
                }
            }
        }
        assertTrue(links > 100, "only " + links);
        assertEquals(Set.of(), broken);
    }

    @Test
    void theIndexOfDecisionsLinksEachPage() throws IOException {
        Path decisions = ROOT.resolve("docs/decisions");
        String index = Files.readString(decisions.resolve("README.md"));
        Set<String> missing = new TreeSet<>();
        try (Stream<Path> files = Files.walk(decisions)) {
            files.filter(Files::isRegularFile)
                    .map(file -> decisions.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.equals("README.md") && !index.contains("](" + name + ")"))
                    .forEach(missing::add);
        }
        assertEquals(Set.of(), missing);
    }

    /** Returns the documents. The guides of the course in {@code resources} link to pages of the site; GuideTest checks them. */
    private static Set<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> Stream.of("target", "models", "test", "resources", ".jzoo", ".git", "runs")
                            .noneMatch(name -> Arrays.asList(file.toString().split("[/\\\\]"))
                                    .contains(name)))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean exists(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(target)) {
            return false;
        }
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    /** Returns the anchors that GitHub makes of a page's headings. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
