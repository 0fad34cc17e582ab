package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {

    private static final Path ROOT = Path.of("..");

    /** A type in backquotes, optionally with a call: {@code `Recipe`}, {@code `ImageClassifier.load("x")`}. */
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z]+[A-Za-z0-9]*)(?:\\.[a-z][^`]*)?`");

    @Test
    void everyTypeThatThePageNamesExists() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher types = TYPE.matcher(Files.readString(ROOT.resolve("ARCHITECTURE.md")));
        while (types.find()) {
            named.add(types.group(1));
        }
        assertTrue(named.size() > 30, named.toString());
        Set<String> missing = new TreeSet<>(named);
        try (Stream<Path> files = Files.walk(ROOT, 12)) {
            missing.removeAll(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet()));
        }
        assertEquals(Set.of(), missing);
    }
}
