package dev.jzoo.cli;

import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.TextTable;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.zoo.cache.CacheCheck;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code jzoo cache list|verify|gc|clear}. */
@Command(
        name = "cache",
        description = "List, check and delete cached models, data sets and features computed from pictures.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"  jzoo cache list", "  jzoo cache verify", "  jzoo cache gc", "  jzoo cache clear"})
final class CacheCommand implements Runnable {

    private final JzooCommand jzoo;

    CacheCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /**
     * A row of the listing. The digest of a file that was computed on this machine is empty: there is nothing to compare it
     * with.
     */
    private record CacheRow(String path, String of, String file, long bytes, String sha256) {
        static CacheRow of(CachedFile file, String name) {
            return new CacheRow(
                    file.path(),
                    name,
                    file.file().toString(),
                    file.bytes(),
                    file.sha256().hex());
        }
    }

    private record CheckedCacheFile(String path, boolean ok, String detail) {}

    private record Cleared(String home, long bytes) {}

    @Override
    public void run() {
        throw new UsageException("'jzoo cache' expects a subcommand: list, verify, gc or clear.");
    }

    @Command(
            name = "list",
            description =
                    "List the models, data sets and computed values in the cache. With --json, list each of their files.",
            footer = "  jzoo cache list --json")
    int list() throws IOException {
        Map<String, String> names = jzoo.store().names();
        List<CacheRow> rows = new ArrayList<>();
        for (CachedFile file : jzoo.store().list()) {
            rows.add(CacheRow.of(file, names.getOrDefault(file.path(), file.path())));
        }
        Path home = jzoo.settings().home();
        for (Path file : jzoo.store().computed()) {
            String path = home.relativize(file).toString().replace('\\', '/');
            String kind = path.substring(0, path.lastIndexOf('/') + 1);
            rows.add(new CacheRow(path, kind, file.toString(), Files.size(file), ""));
        }
        jzoo.output().print(rows, out -> {
            TextTable table = new TextTable(
                    TextTable.TextColumn.left("NAME"),
                    TextTable.TextColumn.right("FILES"),
                    TextTable.TextColumn.right("SIZE"));
            Map<String, List<CacheRow>> things = new LinkedHashMap<>();
            rows.forEach(row ->
                    things.computeIfAbsent(row.of, name -> new ArrayList<>()).add(row));
            things.forEach((name, files) -> table.row(
                    name,
                    Integer.toString(files.size()),
                    ReadableNumbers.bytes(
                            files.stream().mapToLong(CacheRow::bytes).sum())));
            table.print(out);
        });
        long bytes = rows.stream().mapToLong(CacheRow::bytes).sum();
        jzoo.output()
                .note(rows.size() + " files, " + ReadableNumbers.bytes(bytes) + " in "
                        + jzoo.settings().home());
        return 0;
    }

    @Command(
            name = "verify",
            description = "Compare every file in the cache with its digest. Exit with 4 if one differs.",
            footer = "  jzoo cache verify")
    int verify() throws IOException {
        List<CacheCheck> checks;
        try (Progress progress = Progress.of(jzoo.output())) {
            checks = jzoo.store().verify(progress);
        }
        List<CheckedCacheFile> rows = checks.stream()
                .map(check -> new CheckedCacheFile(check.file().path(), check.ok(), check.problem()))
                .toList();
        jzoo.output()
                .print(
                        rows,
                        out -> rows.forEach(row -> out.println(
                                row.ok ? "ok      " + row.path : "FAILED  " + row.path + ": " + row.detail)));
        return rows.stream().allMatch(CheckedCacheFile::ok) ? 0 : JZooException.Code.INTEGRITY.exitCode();
    }

    @Command(
            name = "gc",
            description =
                    "Delete files that no command uses: interrupted downloads, downloads with a wrong digest, and files of"
                            + " replaced model versions.",
            footer = "  jzoo cache gc")
    int collectGarbage() throws IOException {
        return freed(jzoo.store().collectGarbage());
    }

    @Command(
            name = "clear",
            description = "Delete everything in the cache. Commands download or compute it again when they need it.",
            footer = "  jzoo cache clear")
    int clear() throws IOException {
        return freed(jzoo.store().clear());
    }

    private int freed(long bytes) {
        Cleared cleared = new Cleared(jzoo.settings().home().toString(), bytes);
        jzoo.output()
                .print(
                        cleared,
                        out -> out.println("Freed " + ReadableNumbers.bytes(cleared.bytes) + " in " + cleared.home));
        return 0;
    }
}
