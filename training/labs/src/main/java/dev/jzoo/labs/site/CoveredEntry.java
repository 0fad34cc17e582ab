package dev.jzoo.labs.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * An entry of one of the five courses, and what covers it.
 *
 * @param course name of the course
 * @param entry name of the notebook, guide or example
 * @param covered what covers it
 */
public record CoveredEntry(String course, String entry, List<Cover> covered) {

    /** The kind of thing that covers an entry. */
    public enum CoverKind {
        LAB,
        RECIPE,
        COMMAND,
        GUIDE
    }

    /**
     * A lab, a recipe, a command or a guide.
     *
     * @param name id or command line
     */
    public record Cover(CoverKind kind, String name) {}

    /** Copies the list. */
    public CoveredEntry {
        covered = List.copyOf(covered);
    }

    /** Returns all entries in the order of the courses. */
    public static List<CoveredEntry> all() {
        try (InputStream in = CoveredEntry.class.getResourceAsStream("coverage.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new CoveredEntry(cells[0], cells[1], covers(cells[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The table of the course in the library's jar cannot be read.", e);
        }
    }

    private static List<Cover> covers(String cell) {
        return Stream.of(cell.split(";"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(CoveredEntry::cover)
                .toList();
    }

    private static Cover cover(String name) {
        int colon = name.indexOf(':');
        return colon < 0
                ? new Cover(CoverKind.LAB, name)
                : new Cover(
                        CoverKind.valueOf(name.substring(0, colon).toUpperCase(java.util.Locale.ROOT)),
                        name.substring(colon + 1));
    }
}
