package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A folder of models with its manifest. Changes require its lock.
 *
 * @param root the folder of {@value Manifest#FILE_NAME}
 * @param lock the lock file
 * @param believed tests whether a manifest file is trusted, because another user may have written it
 */
@Internal
public record ModelsFolder(Path root, Path lock, Disk disk, Predicate<Path> believed) {

    /** Returns the folder of the models that were pulled into a cache. */
    public static ModelsFolder in(CacheDirectory home) {
        Path root = Disk.folderOf(home.file(CacheDirectory.MODELS + Manifest.FILE_NAME));
        return new ModelsFolder(
                root, home.lockFile(CacheDirectory.MODELS + Manifest.FILE_NAME), home.disk(), home::isBelieved);
    }

    /** Returns a folder of published models, with its lock file inside. */
    public static ModelsFolder at(Path root, Disk disk) {
        return new ModelsFolder(root, root.resolve(".jzoo.lock"), disk, file -> true);
    }

    public Path manifestFile() {
        return root.resolve(Manifest.FILE_NAME);
    }

    /** Returns the models listed here; none if there is no manifest. */
    public Manifest manifest() throws IOException {
        return Files.exists(manifestFile()) && believed.test(manifestFile())
                ? Manifest.read(manifestFile())
                : new Manifest(List.of());
    }

    public <T> T locked(ProcessLock.Action<T> action) throws IOException {
        disk.createFolders(root);
        disk.createFolderOf(lock);
        return ProcessLock.holding(lock, disk, action);
    }

    /** Lists a model whose files are all in the folder. The caller holds the lock. */
    public void list(Manifest.Entry entry) throws IOException {
        Manifest before = manifest();
        Manifest after = before.with(entry);
        if (!after.equals(before)) {
            disk.writeText(manifestFile(), after.text());
        }
    }

    /** Removes the entries that do not pass a test, and the manifest if none pass. The caller does not hold the lock. */
    public void keepOnly(Predicate<Manifest.Entry> kept) throws IOException {
        if (!Files.exists(manifestFile(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        locked(() -> {
            List<Manifest.Entry> entries =
                    manifest().entries().stream().filter(kept).toList();
            if (entries.isEmpty()) {
                disk.delete(manifestFile());
            } else {
                disk.writeText(manifestFile(), new Manifest(entries).text());
            }
            return root;
        });
    }
}
