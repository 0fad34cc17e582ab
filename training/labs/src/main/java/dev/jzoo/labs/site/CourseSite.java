package dev.jzoo.labs.site;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.ClaimResult.ClaimOutcome;
import dev.jzoo.labs.FinishedLab;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabRecord;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.Labs;
import dev.jzoo.labs.page.LabHtml;
import dev.jzoo.labs.page.Navigation;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder with the pages of the course. Add each lab when it has run; {@link #finish} writes the index, the guides and the table of
 * coverage. Every lab also leaves a record, so that an interrupted site can be continued.
 */
public final class CourseSite {

    private final Path folder;
    private final List<LabInfo> labs;

    private CourseSite(Path folder, List<LabInfo> labs) {
        this.folder = folder;
        this.labs = labs;
    }

    /**
     * Creates the folder if it does not exist.
     *
     * @throws IOException if the folder cannot be created
     */
    public static CourseSite in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("records"));
        return new CourseSite(folder, Labs.all().stream().map(Lab::info).toList());
    }

    /** Returns the record of a lab that an earlier call of {@link #add} wrote for the same size and seed. */
    public Optional<LabRecord> earlier(String id, LabSize size, long seed) throws IOException {
        Path file = record(id);
        if (!Files.exists(file) || !Files.exists(page(id))) {
            return Optional.empty();
        }
        try {
            LabRecord record = Json.read(file, LabRecord.class);
            return Optional.of(record).filter(found -> found.size() == size && found.seed() == seed);
        } catch (DataFormatException e) {
            return Optional.empty(); // another version wrote it
        }
    }

    /** Writes the page and the record of a lab. */
    public LabRecord add(FinishedLab finished) throws IOException {
        LabInfo info = finished.lab().info();
        AtomicFile.write(page(info.id()), LabHtml.of(finished, navigation(info)));
        LabRecord record = LabRecord.of(finished);
        AtomicFile.write(record(info.id()), Json.pretty(record));
        return record;
    }

    /** Writes the index, the guides and the table of coverage. Returns the index. */
    public Path finish(List<LabRecord> records) throws IOException {
        for (Guide guide : Guide.values()) {
            AtomicFile.write(folder.resolve("guide-" + guide.id() + ".html"), SitePages.guide(guide));
        }
        AtomicFile.write(folder.resolve("coverage.html"), SitePages.coverage(CoveredEntry.all(), records));
        Path index = folder.resolve("index.html");
        AtomicFile.write(index, SitePages.index(labs, records));
        return index;
    }

    /** Returns the number of claims with an outcome in some records. */
    static long count(List<LabRecord> records, ClaimOutcome outcome) {
        return records.stream().mapToLong(record -> record.count(outcome)).sum();
    }

    private Path page(String id) {
        return folder.resolve(id + ".html");
    }

    private Path record(String id) {
        return folder.resolve("records").resolve(id + ".json");
    }

    /** Returns links to the course and to the labs before and after. */
    private Navigation navigation(LabInfo info) {
        List<Navigation.NavigationLink> links = new ArrayList<>();
        links.add(new Navigation.NavigationLink("Course", "index.html"));
        int at = labs.indexOf(info);
        if (at > 0) {
            links.add(new Navigation.NavigationLink(
                    "← " + labs.get(at - 1).title(), labs.get(at - 1).id() + ".html"));
        }
        if (at >= 0 && at + 1 < labs.size()) {
            links.add(new Navigation.NavigationLink(
                    labs.get(at + 1).title() + " →", labs.get(at + 1).id() + ".html"));
        }
        return new Navigation(links);
    }

    /** Returns the labs of a chapter in reading order. */
    static List<LabInfo> of(Chapter chapter, List<LabInfo> labs) {
        return labs.stream().filter(lab -> lab.chapter() == chapter).toList();
    }
}
