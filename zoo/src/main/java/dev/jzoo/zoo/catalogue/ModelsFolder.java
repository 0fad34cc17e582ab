package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A folder of models with its manifest. Changing it needs its lock.
 *
 * @param root the folder of {@value Manifest#FILE_NAME}
 * @param lock the lock file
 */
public record ModelsFolder(Path root, Path lock, Disk disk) {

    /** The models that have been pulled. */
    public static ModelsFolder in(CacheDirectory home) {
        Path root = home.file(CacheDirectory.MODELS + Manifest.FILE_NAME).getParent();
        return new ModelsFolder(root, home.lockFile(CacheDirectory.MODELS + Manifest.FILE_NAME), home.disk());
    }

    /** A folder of published models, which has its lock inside. */
    public static ModelsFolder at(Path root, Disk disk) {
        return new ModelsFolder(root, root.resolve(".jzoo.lock"), disk);
    }

    public Path manifestFile() {
        return root.resolve(Manifest.FILE_NAME);
    }

    /** What is published here; nothing where there is no manifest. */
    public Manifest manifest() throws IOException {
        return Files.exists(manifestFile()) ? Manifest.read(manifestFile()) : new Manifest(List.of());
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

    /** Lists these alone. The caller holds the lock. */
    public void keepOnly(Collection<Manifest.Entry> entries) throws IOException {
        List<Manifest.Entry> kept =
                manifest().entries().stream().filter(entries::contains).toList();
        disk.writeText(manifestFile(), new Manifest(kept).text());
    }

    public void forgetAll() throws IOException {
        if (Files.exists(manifestFile())) {
            locked(() -> {
                disk.delete(manifestFile());
                return root;
            });
        }
    }
}
