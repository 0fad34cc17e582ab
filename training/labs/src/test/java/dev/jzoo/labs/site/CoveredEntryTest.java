package dev.jzoo.labs.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.labs.Labs;
import dev.jzoo.training.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CoveredEntryTest {

    @Test
    void everyEntryOfTheFiveCoursesIsCoveredByWhatExists() {
        Set<String> labs = Labs.all().stream().map(lab -> lab.info().id()).collect(Collectors.toSet());
        Set<String> recipes = ServiceLoader.load(Recipe.class).stream()
                .map(provider -> provider.get().id())
                .collect(Collectors.toSet());
        Set<String> guides = Arrays.stream(Guide.values()).map(Guide::id).collect(Collectors.toSet());
        List<String> faults = new ArrayList<>();
        for (CoveredEntry entry : CoveredEntry.all()) {
            if (entry.covered().isEmpty()) {
                faults.add(entry.entry() + ": nothing");
            }
            for (CoveredEntry.Cover cover : entry.covered()) {
                Set<String> known =
                        switch (cover.kind()) {
                            case LAB -> labs;
                            case RECIPE -> recipes;
                            case GUIDE -> guides;
                            case COMMAND -> Set.of(cover.name()); // LabCommandTest parses them
                        };
                if (!known.contains(cover.name())) {
                    faults.add(entry.entry() + ": " + cover);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    /** The number of entries of each course. The program of the fourth has a row for each of its examples. */
    @Test
    void noEntryIsLeftOut() {
        Map<String, Long> counts =
                CoveredEntry.all().stream().collect(Collectors.groupingBy(CoveredEntry::course, Collectors.counting()));
        assertEquals(
                Map.of(
                        "Deep Learning Repository", 14L,
                        "AI Foundations Lab", 4L,
                        "Five practicals", 5L,
                        "Neural networks foundations", 24L,
                        "Conceptual and practical notebooks", 18L),
                counts);
        Set<String> unused =
                new TreeSet<>(Labs.all().stream().map(lab -> lab.info().id()).toList());
        CoveredEntry.all().forEach(entry -> entry.covered().forEach(cover -> unused.remove(cover.name())));
        System.out.println("Labs that go beyond the five courses: " + unused);
        assertTrue(unused.size() < Labs.all().size() / 2);
    }
}
