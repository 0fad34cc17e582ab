package dev.jzoo.cli;

import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.LabSizeOption;
import dev.jzoo.labs.ClaimResult;
import dev.jzoo.labs.FinishedLab;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.Labs;
import dev.jzoo.labs.page.LabHtml;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo lab list|run}. */
@Command(
        name = "lab",
        description = "Run the labs of the course: experiments that check their claims.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"  jzoo lab list", "  jzoo lab run gradient-descent", "  jzoo lab run --all --quick"})
final class LabCommand implements Runnable {

    private final JzooCommand jzoo;

    LabCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record LabRow(String id, String title, String question, String chapter) {}

    private record LabDocument(String id, String page, double seconds, boolean holds, List<ClaimResult> claims) {}

    @Override
    public void run() {
        throw new UsageException("'jzoo lab' expects a subcommand: list or run.");
    }

    @Command(name = "list", description = "List the labs by chapter.", footer = "  jzoo lab list --json")
    int list() {
        List<LabRow> rows = Labs.all().stream()
                .map(Lab::info)
                .map(info -> new LabRow(
                        info.id(), info.title(), info.question(), info.chapter().title()))
                .toList();
        jzoo.output().print(rows, out -> {
            TextTable table = new TextTable(
                    TextTable.TextColumn.left("LAB"),
                    TextTable.TextColumn.left("CHAPTER"),
                    TextTable.TextColumn.left("QUESTION"));
            rows.forEach(row -> table.row(row.id, row.chapter, row.question));
            table.print(out);
        });
        return 0;
    }

    @Command(
            name = "run",
            description = {
                "Run labs, write a page for each, and check their claims.",
                "The exit code is 8 if a claim does not hold."
            },
            footer = {
                "  jzoo lab run gradient-descent",
                "  jzoo lab run micrograd xor-mlp --to pages",
                "  jzoo lab run --all --quick --json"
            })
    int runLabs(
            @Parameters(paramLabel = "LAB", arity = "0..*", description = "Ids of labs; 'jzoo lab list' shows them.")
                    List<String> ids,
            @Option(names = "--all", description = "Run all labs.") boolean all,
            @Option(
                            names = "--to",
                            paramLabel = "DIR",
                            defaultValue = "labs",
                            description = "Folder for the pages (default: ${DEFAULT-VALUE}).")
                    String folder,
            @Mixin LabSizeOption size)
            throws IOException {
        List<String> wanted = ids == null ? List.of() : ids;
        if (all == !wanted.isEmpty()) {
            throw new UsageException("'jzoo lab run' expects ids of labs or --all. 'jzoo lab list' shows all labs.");
        }
        List<Lab> labs = all ? Labs.all() : wanted.stream().map(Labs::find).toList();
        Path pages = jzoo.host().path(folder);
        Files.createDirectories(pages);
        List<LabDocument> documents = new ArrayList<>();
        for (Lab lab : labs) {
            documents.add(run(lab, pages, size));
        }
        long failed = documents.stream().filter(document -> !document.holds).count();
        jzoo.output().print(documents, out -> {
            long claims = documents.stream()
                    .mapToLong(document -> document.claims.size())
                    .sum();
            out.println(documents.size() + (documents.size() == 1 ? " lab, " : " labs, ") + claims + " claims, "
                    + (failed == 0 ? "none fails." : failed + (failed == 1 ? " lab fails." : " labs fail.")));
        });
        return failed == 0 ? 0 : JZooException.Code.METRIC.exitCode();
    }

    private LabDocument run(Lab lab, Path pages, LabSizeOption size) throws IOException {
        LabInfo info = lab.info();
        jzoo.output().note("Running " + info.id() + ": " + info.question());
        FinishedLab finished = finish(lab, new LabPage(size.size(), size.seed(), jzoo.store()));
        Path page = pages.resolve(info.id() + ".html");
        AtomicFile.write(page, LabHtml.of(finished));
        LabDocument document =
                new LabDocument(info.id(), page.toString(), finished.seconds(), finished.passes(), finished.claims());
        jzoo.output()
                .note(String.format(
                        Locale.ROOT,
                        "  %d claims, %.1f s, %s",
                        finished.claims().size(),
                        finished.seconds(),
                        page));
        finished.claims().stream()
                .filter(claim -> claim.outcome() == ClaimResult.Outcome.DIFFERS)
                .forEach(claim -> jzoo.output().note("  " + line(claim)));
        return document;
    }

    private static String line(ClaimResult claim) {
        return (claim.fails() ? "FAILS: " : "differs from the published value: ") + claim.text() + " Measured "
                + claim.measured() + ", expected " + claim.expected() + ".";
    }

    private static FinishedLab finish(Lab lab, LabPage page) throws IOException {
        try {
            return FinishedLab.of(lab, page);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Lab '" + lab.info().id() + "' failed: " + e.getMessage(), e);
        }
    }
}
