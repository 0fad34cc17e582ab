package dev.jzoo.cli;

import dev.jzoo.cli.checks.FolderCheck;
import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.datasets.DataSet;
import dev.jzoo.datasets.catalogue.DataSets;
import dev.jzoo.finetune.pictures.PictureReport;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo dataset list|get|check}. */
@Command(
        name = "dataset",
        description = "List, download and check the data sets that models are trained on.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "  jzoo dataset list",
            "  jzoo dataset get mnist",
            "  jzoo dataset check airline",
            "  jzoo dataset check photos/"
        })
final class DatasetCommand implements Runnable {

    private final JzooCommand jzoo;

    DatasetCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    private record DataSetRow(
            String id,
            String title,
            String licence,
            String origin,
            int files,
            long bytes,
            boolean cached,
            boolean mirrored) {}

    private record Fetched(String id, List<String> files) {}

    private record CheckedDataSet(String id, List<CheckedDataFile> parts) {}

    private record CheckedDataFile(String name, Sha256 sha256, String content, String note) {}

    @Override
    public void run() {
        throw new UsageException("'jzoo dataset' expects a subcommand: list, get or check.");
    }

    @Command(name = "list", description = "List the data sets.", footer = "  jzoo dataset list --json")
    int list() throws IOException {
        Store store = jzoo.store();
        List<DataSetRow> rows = new ArrayList<>();
        for (DataSet set : DataSets.all()) {
            boolean mirrored =
                    !set.resources().isEmpty() && set.resources().stream().allMatch(store::isInMirror);
            rows.add(new DataSetRow(
                    set.id(),
                    set.title(),
                    set.licence(),
                    set.origin(),
                    set.resources().size(),
                    set.bytes(),
                    set.isCached(store),
                    mirrored));
        }
        jzoo.output().print(rows, out -> {
            TextTable table = new TextTable(
                    TextTable.TextColumn.left("DATA SET"),
                    TextTable.TextColumn.right("SIZE"),
                    TextTable.TextColumn.left("HERE"),
                    TextTable.TextColumn.left("LICENCE"),
                    TextTable.TextColumn.left("TITLE"));
            rows.forEach(row -> table.row(
                    row.id,
                    row.files == 0 ? "-" : ReadableNumbers.bytes(row.bytes),
                    row.files == 0 ? "built in" : row.cached ? "yes" : row.mirrored ? "mirror" : "no",
                    row.licence,
                    row.title));
            table.print(out);
        });
        return 0;
    }

    @Command(
            name = "get",
            description =
                    "Download data sets into the cache. Print the paths of their files, or the folder for pictures.",
            footer = "  jzoo dataset get mnist")
    int get(
            @Parameters(
                            paramLabel = "DATASET",
                            arity = "1..*",
                            description = "Names of data sets; 'jzoo dataset list' shows them.")
                    List<String> ids)
            throws IOException {
        List<Fetched> fetched = new ArrayList<>();
        for (String id : ids) {
            DataSet set = DataSets.get(id);
            try (Progress progress = Progress.of(jzoo.output())) {
                fetched.add(new Fetched(
                        id,
                        set.get(jzoo.store(), progress).stream()
                                .map(Path::toString)
                                .toList()));
            }
            if (set.resources().isEmpty()) {
                jzoo.output().note(id + " is built in; there is nothing to download.");
            }
        }
        jzoo.output().print(fetched, out -> fetched.forEach(set -> set.files.forEach(out::println)));
        return 0;
    }

    @Command(
            name = "check",
            description = {
                "Check data sets: read each file to its end and check digests, format and counts.",
                "A folder of pictures has a folder for each class, or train, val and test folders with a folder for"
                        + " each class"
                        + " in them. The check reports unreadable pictures, copies in several parts or classes, tiny"
                        + " classes, and"
                        + " odd names and sizes."
            },
            footer = {
                "  jzoo dataset check airline",
                "  jzoo dataset check photos/",
                "  jzoo dataset check photos/ --json"
            })
    int check(
            @Parameters(
                            paramLabel = "DATASET",
                            arity = "1..*",
                            description = "Names of data sets, or folders of pictures.")
                    List<String> given)
            throws IOException {
        List<Object> documents = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (String nameOrFolder : given) {
            if (isFolder(nameOrFolder)) {
                PictureReport report = FolderCheck.run(jzoo.host().path(nameOrFolder), jzoo.output());
                documents.add(FolderCheck.of(report));
                text.append(report.text());
            } else {
                CheckedDataSet set = check(nameOrFolder);
                documents.add(set);
                text.append("ok  ").append(set.id).append('\n');
                set.parts.forEach(part -> text.append("  " + part.name + ": " + part.content + "\n"));
            }
        }
        jzoo.output().print(documents, out -> out.print(text));
        return 0;
    }

    /**
     * Tells a folder from a data set's name. As with models, a text that looks like a name is a name, unless only a folder
     * has it.
     */
    private boolean isFolder(String nameOrFolder) {
        return !ModelReference.isName(nameOrFolder)
                || (Files.isDirectory(jzoo.host().path(nameOrFolder))
                        && DataSets.all().stream().noneMatch(set -> set.id().equals(nameOrFolder)));
    }

    private CheckedDataSet check(String id) throws IOException {
        try (Progress progress = Progress.of(jzoo.output())) {
            List<CheckedDataFile> parts = DataSets.get(id).check(jzoo.store(), progress).stream()
                    .map(part -> new CheckedDataFile(
                            part.provenance().name(),
                            part.provenance().sha256(),
                            part.content(),
                            part.provenance().note()))
                    .toList();
            return new CheckedDataSet(id, parts);
        }
    }
}
