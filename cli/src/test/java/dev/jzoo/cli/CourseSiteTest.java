package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole course at its quick size: all claims hold, the links lead somewhere, and every page works in a browser. */
@Tag("acceptance")
class CourseSiteTest {

    private static final long MEGABYTES = 25;

    @TempDir
    static Path folder;

    private static Shell.Result result;
    private static List<Path> pages;

    @BeforeAll
    static void writeTheSite() throws Exception {
        String mirror = System.getenv("JZOO_MIRROR");
        Shell shell = Shell.in(folder);
        result = (mirror == null ? shell.with("JZOO_OFFLINE", "0") : shell.with("JZOO_MIRROR", mirror))
                .type("lab", "site", "--to", "course", "--quick", "--json");
        try (Stream<Path> files = Files.list(folder.resolve("course"))) {
            pages = files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyClaimHolds() throws Exception {
        List<String> failing = new ArrayList<>();
        double seconds = 0;
        int claims = 0;
        JsonNode labs = new ObjectMapper().readTree(result.out()).get("labs");
        for (JsonNode lab : labs) {
            seconds += lab.get("seconds").asDouble();
            for (JsonNode claim : lab.get("claims")) {
                claims++;
                if (claim.get("source").asText().equals("LAB")
                        && !claim.get("outcome").asText().equals("HOLDS")) {
                    failing.add(lab.get("id").asText() + ": " + claim);
                }
            }
        }
        System.out.printf("%d labs, %d claims, %.0f s at the quick size%n", labs.size(), claims, seconds);
        assertEquals(List.of(), failing);
        assertEquals(0, result.exitCode(), result.err());
    }

    @Test
    void everyLinkLeadsToAPage() throws Exception {
        TreeSet<String> missing = new TreeSet<>();
        for (Path page : pages) {
            Matcher link = Pattern.compile("href=\"([^\"]*)\"").matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).matches("(https?|data):.*") && !Files.exists(page.resolveSibling(link.group(1)))) {
                    missing.add(page.getFileName() + " -> " + link.group(1));
                }
            }
        }
        assertEquals(new TreeSet<>(), missing);
    }

    @Test
    void theSiteIsSmall() throws Exception {
        long bytes = 0;
        for (Path page : pages) {
            bytes += Files.size(page);
        }
        assertTrue(bytes < MEGABYTES << 20, bytes + " bytes");
    }

    @Test
    void everyPageFitsTheWindowAndItsSlidersMove() throws Exception {
        Path program = HeadlessBrowser.program().orElseGet(() -> {
            System.err.println("SKIPPED: there is no chromium or google-chrome on the PATH.");
            return Assumptions.abort("no browser");
        });
        List<String> faults = new ArrayList<>();
        int sliders = 0;
        try (HeadlessBrowser browser = HeadlessBrowser.start(program, folder)) {
            for (int width : new int[] {390, 1280}) {
                for (String scheme : List.of("light", "dark")) {
                    browser.show(width, scheme);
                    for (Path page : pages) {
                        String where = page.getFileName() + " at " + width + " px, " + scheme + ": ";
                        browser.open(page.toUri()).forEach(error -> faults.add(where + error));
                        int wide = browser.evaluate("document.documentElement.scrollWidth")
                                .asInt();
                        if (wide > width) {
                            faults.add(where + "the content is " + wide + " px wide");
                        }
                        boolean dark = browser.evaluate("getComputedStyle(document.body).backgroundColor")
                                .asText()
                                .equals("rgb(20, 23, 26)");
                        if (dark != scheme.equals("dark")) {
                            faults.add(where + "its background is not that of the scheme");
                        }
                        JsonNode moved = browser.evaluate(MOVE);
                        sliders += moved.get("sliders").asInt();
                        moved.get("faults").forEach(fault -> faults.add(where + fault.asText()));
                    }
                }
            }
        }
        System.out.println(pages.size() + " pages at two widths in two schemes, " + sliders / 4 + " sliders");
        assertEquals(List.of(), faults);
        assertTrue(sliders > 0, "a page with a slider");
    }

    /** Moves each slider to each of its frames, and looks which of them is visible. */
    private static final String MOVE = """
            (() => {
              const faults = [];
              const boxes = [...document.querySelectorAll('.frames')];
              for (const box of boxes) {
                const slider = box.querySelector('input');
                const frames = [...box.querySelectorAll('.frame')];
                for (let i = 0; i < frames.length; i++) {
                  slider.value = i;
                  slider.dispatchEvent(new Event('input'));
                  const seen = frames.filter(frame => frame.offsetHeight > 0);
                  if (seen.length !== 1 || seen[0] !== frames[i]) {
                    faults.push('frame ' + i + ' of a slider: ' + seen.length + ' are visible');
                  }
                  if (box.querySelector('output').textContent !== frames[i].dataset.label) {
                    faults.push('the label of frame ' + i);
                  }
                }
              }
              return {sliders: boxes.length, faults};
            })()
            """;
}
