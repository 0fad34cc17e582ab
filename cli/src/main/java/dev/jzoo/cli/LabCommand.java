package dev.jzoo.cli;

import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.LabSizeOption;
import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.ClaimResult;
import dev.jzoo.labs.FinishedLab;
import dev.jzoo.labs.Lab;
import dev.jzoo.labs.LabPage;
import dev.jzoo.labs.LabRecord;
import dev.jzoo.labs.Labs;
import dev.jzoo.labs.notebook.LabNotebook;
import dev.jzoo.labs.notebook.NotebookClassPath;
import dev.jzoo.labs.page.LabHtml;
import dev.jzoo.labs.site.CourseSite;
import dev.jzoo.labs.source.LabSkeleton;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo lab list|run|site|notebook|new}. */
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

    private record SiteDocument(String index, List<LabRecord> labs) {}

    private record NotebookDocument(String id, String notebook) {}

    private record NewLabDocument(String id, String file) {}

    @Override
    public void run() {
        throw new UsageException("'jzoo lab' expects a subcommand: list, run, site, notebook or new.");
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
        List<Lab> labs = labs("run", ids, all);
        Path pages = jzoo.host().path(folder);
        Files.createDirectories(pages);
        List<LabRecord> records = new ArrayList<>();
        for (Lab lab : labs) {
            FinishedLab finished = run(lab, size);
            Path page = pages.resolve(lab.info().id() + ".html");
            AtomicFile.write(page, LabHtml.of(finished));
            jzoo.output().note("  " + page);
            records.add(LabRecord.of(finished));
        }
        jzoo.output().print(records, out -> out.println(summary(records)));
        return records.stream().allMatch(LabRecord::passes) ? 0 : JZooException.Code.METRIC.exitCode();
    }

    @Command(
            name = "site",
            description = {
                "Run all labs and write the course as a folder of pages, with an index, the guides and the coverage.",
                "The pages need neither a server nor a network. The exit code is 8 if a claim does not hold."
            },
            footer = {"  jzoo lab site --to course", "  jzoo lab site --to course --quick --resume"})
    int site(
            @Option(names = "--to", paramLabel = "DIR", required = true, description = "Folder for the pages.")
                    String folder,
            @Option(
                            names = "--resume",
                            description =
                                    "Keep the labs that an interrupted command has finished with the same options.")
                    boolean resume,
            @Mixin LabSizeOption size)
            throws IOException {
        CourseSite site = CourseSite.in(jzoo.host().path(folder));
        List<LabRecord> records = new ArrayList<>();
        for (Lab lab : Labs.all()) {
            Optional<LabRecord> earlier =
                    resume ? site.earlier(lab.info().id(), size.size(), size.seed()) : Optional.empty();
            records.add(earlier.isPresent() ? earlier.get() : site.add(run(lab, size)));
        }
        Path index = site.finish(records);
        long failed = records.stream().filter(record -> !record.passes()).count();
        jzoo.output().print(new SiteDocument(index.toString(), records), out -> {
            out.println(summary(records));
            out.println("Open " + index);
        });
        return failed == 0 ? 0 : JZooException.Code.METRIC.exitCode();
    }

    @Command(
            name = "notebook",
            description = {
                "Write labs as Jupyter notebooks for a Java kernel. They have not been run.",
                "A notebook uses the jars of this installation."
            },
            footer = {
                "  jzoo lab notebook gradient-descent --to gradient-descent.ipynb",
                "  jzoo lab notebook --all --to notebooks"
            })
    int notebook(
            @Parameters(paramLabel = "LAB", arity = "0..*", description = "Ids of labs; 'jzoo lab list' shows them.")
                    List<String> ids,
            @Option(names = "--all", description = "Write all labs.") boolean all,
            @Option(
                            names = "--to",
                            paramLabel = "PATH",
                            defaultValue = ".",
                            description = {
                                "Folder for the notebooks, or a file that ends in .ipynb for one notebook.",
                                "Default: the current folder."
                            })
                    String path,
            @Mixin LabSizeOption size)
            throws IOException {
        List<Lab> labs = labs("notebook", ids, all);
        Path to = jzoo.host().path(path);
        boolean file = path.endsWith(".ipynb");
        if (file && labs.size() > 1) {
            throw new UsageException(
                    "'" + path + "' is one notebook, but there are " + labs.size() + " labs. Name a folder with --to.");
        }
        NotebookClassPath classPath = NotebookClassPath.ofThisProgram();
        List<NotebookDocument> documents = new ArrayList<>();
        for (Lab lab : labs) {
            Path notebook = file ? to : to.resolve(lab.info().id() + ".ipynb");
            LabNotebook.of(lab, size.size(), size.seed(), classPath).writeTo(notebook);
            documents.add(new NotebookDocument(lab.info().id(), notebook.toString()));
        }
        jzoo.output().print(documents, out -> documents.forEach(document -> out.println("Wrote " + document.notebook)));
        return 0;
    }

    @Command(
            name = "new",
            description = "Write the first version of a new lab into a checkout.",
            footer = "  jzoo lab new learning-rates --chapter descent")
    int create(
            @Parameters(paramLabel = "ID", description = "Id of the lab: lower-case letters, digits and hyphens.")
                    String id,
            @Option(
                            names = "--chapter",
                            paramLabel = "NAME",
                            required = true,
                            description = "Chapter of the course: ${COMPLETION-CANDIDATES}.")
                    Chapter chapter)
            throws IOException {
        Path file = UsageException.unlessRefused(() -> LabSkeleton.write(checkout(), id, chapter));
        jzoo.output()
                .print(
                        new NewLabDocument(id, file.toString()),
                        out -> out.println("Edit " + file + "\nThen run: ./jzoo lab run " + id + " --quick"));
        return 0;
    }

    /** Returns the working folder if it is a checkout, or else the checkout that JZoo runs from. */
    private Path checkout() {
        Path here = jzoo.host().path("");
        return Files.isDirectory(here.resolve("training/labs"))
                ? here
                : jzoo.host().checkout().orElse(here);
    }

    private static List<Lab> labs(String command, List<String> ids, boolean all) {
        List<String> wanted = ids == null ? List.of() : ids;
        if (all == !wanted.isEmpty()) {
            throw new UsageException(
                    "'jzoo lab " + command + "' expects ids of labs or --all. 'jzoo lab list' shows all labs.");
        }
        return all ? Labs.all() : wanted.stream().map(Labs::find).toList();
    }

    /** Runs a lab and reports its claims that do not hold. */
    private FinishedLab run(Lab lab, LabSizeOption size) throws IOException {
        jzoo.output().note("Running " + lab.info().id() + ": " + lab.info().question());
        FinishedLab finished = finish(lab, new LabPage(size.size(), size.seed(), jzoo.store()));
        jzoo.output()
                .note(String.format(
                        Locale.ROOT, "  %d claims, %.1f s", finished.claims().size(), finished.seconds()));
        finished.claims().stream()
                .filter(claim -> claim.outcome() == ClaimResult.ClaimOutcome.DIFFERS)
                .forEach(claim -> jzoo.output().note("  " + line(claim)));
        return finished;
    }

    private static String line(ClaimResult claim) {
        return (claim.fails() ? "FAILS: " : "differs from the published value: ") + claim.text() + " Measured "
                + claim.measured() + ", expected " + claim.expected() + ".";
    }

    private static String summary(List<LabRecord> records) {
        long claims =
                records.stream().mapToLong(record -> record.claims().size()).sum();
        List<String> failed = records.stream()
                .filter(record -> !record.passes())
                .map(LabRecord::id)
                .toList();
        return records.size() + (records.size() == 1 ? " lab, " : " labs, ") + claims + " claims. "
                + (failed.isEmpty() ? "No lab fails." : "Labs that fail: " + String.join(", ", failed) + ".");
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
