package dev.jzoo.zoo.catalogue;

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
 * A folder of models with its manifest. Changing it needs its lock.
 *
 * @param root the folder of {@value Manifest#FILE_NAME}
 * @param lock the lock file
 * @param believed whether what its manifest says counts: others may have put it there
 */
public record ModelsFolder(Path root, Path lock, Disk disk, Predicate<Path> believed) {

    /** The models that have been pulled. */
    public static ModelsFolder in(CacheDirectory home) {
        Path root = home.file(CacheDirectory.MODELS + Manifest.FILE_NAME).getParent();
        return new ModelsFolder(
                root, home.lockFile(CacheDirectory.MODELS + Manifest.FILE_NAME), home.disk(), home::isBelieved);
    }

    /** A folder of published models, which has its lock inside. */
    public static ModelsFolder at(Path root, Disk disk) {
        return new ModelsFolder(root, root.resolve(".jzoo.lock"), disk, file -> true);
    }

    public Path manifestFile() {
        return root.resolve(Manifest.FILE_NAME);
    }

    /** What is published here; nothing where there is no manifest. */
    public Manifest manifest() throws IOException {
        return Files.exists(manifestFile()) && believed.test(manifestFile())
                ? Manifest.read(manifestFile())
                : new Manifest(List.of());
    }

    public <T> T locked(ProcessLock.Action<T> action) throws IOException {
        disk.createFolders(root);
        disk.createFolders(lock.getParent());
        return ProcessLock.holding(lock, disk, action);
    }

    /** Lists a model, whose files are all there. The caller holds the lock. */
    public void list(Manifest.Entry entry) throws IOException {
        Manifest before = manifest();
        Manifest after = before.with(entry);
        if (!after.equals(before)) {
            disk.writeText(manifestFile(), after.text());
        }
    }

    /** Lists those alone that pass; without any, there is no manifest. The caller does not hold the lock. */
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
