package dev.jzoo.labs.notebook;

import dev.jzoo.labs.ClaimResult;
import dev.jzoo.labs.LabOutput;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabSize;
import dev.jzoo.labs.page.OutputHtml;
import dev.jzoo.report.Frames;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The page of a lab that runs as a notebook. Each output appears under its cell at once. */
public final class NotebookPage {

    private NotebookPage() {}

    /**
     * Opens a page.
     *
     * @param display shows HTML under the running cell
     */
    public static LabPage open(LabSize size, long seed, Consumer<String> display) {
        return new LabPage(size, seed, Store.standard(), output -> display.accept(html(output)));
    }

    /**
     * Prints how many claims hold.
     *
     * @throws IllegalStateException naming each claim that fails, or if no cell made one
     */
    public static void check(LabPage page) {
        List<ClaimResult> claims = page.claims();
        if (claims.isEmpty()) {
            throw new IllegalStateException("No cell has made a claim yet. Run all cells from the top.");
        }
        List<ClaimResult> failing = claims.stream().filter(ClaimResult::fails).toList();
        long differing = claims.stream()
                .filter(claim -> claim.outcome() == ClaimResult.ClaimOutcome.DIFFERS)
                .count();
        if (!failing.isEmpty()) {
            throw new IllegalStateException(failing.stream()
                    .map(claim ->
                            claim.text() + " Measured " + claim.measured() + ", expected " + claim.expected() + ".")
                    .collect(Collectors.joining(
                            "\n", failing.size() + " of " + claims.size() + " claims do not hold:\n", "")));
        }
        page.print(
                "%d of %d claims hold%s.",
                claims.size() - differing,
                claims.size(),
                differing == 0 ? "" : "; the other published values were not reproduced");
    }

    /** Returns an output with its style, because an editor may remove other cells that are out of sight. */
    private static String html(LabOutput output) {
        String script = output instanceof LabOutput.ShownFrames ? Frames.script() : "";
        return "<div class=\"jz-output\"><style>" + style() + "</style>\n" + OutputHtml.of(List.of(output)) + script
                + "</div>\n";
    }

    private static String style() {
        try (InputStream in = NotebookPage.class.getResourceAsStream("notebook.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet in the library's jar cannot be read.", e);
        }
    }
}
