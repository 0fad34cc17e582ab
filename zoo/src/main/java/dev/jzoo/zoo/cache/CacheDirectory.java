package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.ProcessLock;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.file.ZipArchive;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the cache, and the only code that writes into it, but for what is computed.
 *
 * <pre>
 *   data/PATH, models/ID/VERSION/FILE   files that were whole and right when they appeared here
 *   hubs/HUB/...                        the same, of models that others published
 *   references/KEY.json                 which files a reference to such a model means; KEY is the digest of its text
 *   digests/PATH.sha256                 their digests, as sha256sum writes them; a file without one is not ours
 *   unpacked/PATH/...                   what an archive of data/ has, for as long as it agrees with it
 *   partial/KEY.part, KEY.json          a download and what is needed to resume it; KEY is the digest of the path
 *   quarantine/KEY                      what a server gave in place of it at last
 *   locks/KEY.lock
 *   computed/KIND/FILE                  what was computed here and can be computed again; written by whoever computes it
 * </pre>
 */
public final class CacheDirectory {

    public static final String DATA = "data/";
    public static final String MODELS = "models/";
    public static final String HUBS = "hubs/";

    private static final String UNPACKED = "unpacked/";

    private static final String DIGEST = ".sha256";

    private final Path root;
    private final Disk disk =
            new Disk("Free some space, make the folder writable, or name another folder in " + Settings.HOME + ".");

    public CacheDirectory(Path root) {
        this.root = root;
    }

    public Disk disk() {
        return disk;
    }

    public Path root() {
        return root;
    }

    public Path file(String path) {
        return root.resolve(RelativePath.require(path));
    }

    /** The file, if it is there with the size and the digest of the resource's content; it is read to the end. */
    public Optional<Path> intact(String path, Resource expected) throws IOException {
        Path file = file(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        long bytes = Files.size(file);
        if (bytes == expected.bytes() && Sha256.of(file).equals(expected.sha256())) {
            return Optional.of(file);
        }
        return Optional.empty();
    }

    /** A file for a download of this path; it may exist, from a download that was broken off. */
    public PartialDownload part(String path) {
        Path folder = root.resolve("partial");
        disk.createFolders(folder);
        return new PartialDownload(folder.resolve(key(path) + ".part"), folder.resolve(key(path) + ".json"), disk);
    }

    /** The folder of what servers gave in place of what was wanted. */
    public Path quarantine() {
        return root.resolve("quarantine");
    }

    /** Puts a download that is not the wanted file where nothing uses it, in place of an earlier one of the same path. */
    public void quarantine(PartialDownload part, String path) {
        if (Files.exists(part.bytes())) {
            disk.createFolders(quarantine());
            disk.move(part.bytes(), quarantine().resolve(key(path)));
        }
        part.delete();
    }

    /** Takes a finished and checked file, whose digest this is, and shows it under its path in one step. */
    public Path keep(Path finished, String path, Sha256 sha256) throws IOException {
        Path file = file(path);
        disk.createFolders(file.getParent());
        // The digest first: a kill between the two leaves a digest without its file, which is nobody's damage.
        disk.writeText(digest(path), sha256 + "  " + path + "\n");
        disk.move(finished, file);
        return file;
    }

    /**
     * The folder of what an archive has, unpacked anew unless it is there and has the same files with the same bytes.
     *
     * @param archive a file of the home that was just checked
     * @param path where it lies in the home
     */
    public Path unpacked(Path archive, String path) throws IOException {
        Path folder = file(UNPACKED + path);
        return lockedByKey(key(UNPACKED + path), () -> {
            try (ZipArchive zip = ZipArchive.open(archive)) {
                if (!zip.isIn(folder)) {
                    Path beside = root.resolve("partial").resolve(key(path) + ".unpacked");
                    disk.delete(beside);
                    zip.unpack(beside, disk);
                    disk.delete(folder);
                    disk.createFolders(folder.getParent());
                    disk.move(beside, folder);
                }
            }
            return folder;
        });
    }

    /** Deletes everything that was unpacked; returns the bytes that it had. */
    public long forgetUnpacked() throws IOException {
        return forgetFolder(root.resolve(UNPACKED));
    }

    private long forgetFolder(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : filesBelow(folder)) {
            bytes += Files.size(file);
        }
        disk.delete(folder);
        return bytes;
    }

    /** Acts while no other thread or process does anything to this path. */
    public <T> T locked(String path, ProcessLock.Action<T> action) throws IOException {
        return lockedByKey(key(path), action);
    }

    private <T> T lockedByKey(String key, ProcessLock.Action<T> action) throws IOException {
        Path lock = root.resolve("locks").resolve(key + ".lock");
        disk.createFolders(lock.getParent());
        return ProcessLock.holding(lock, disk, action);
    }

    /** The lock file of a path, in a folder that may not exist yet. */
    public Path lockFile(String path) {
        return root.resolve("locks").resolve(key(path) + ".lock");
    }

    /** All files that were kept and are still there, sorted by path. */
    public List<CachedFile> list() throws IOException {
        Path digests = root.resolve("digests");
        List<CachedFile> files = new ArrayList<>();
        for (Path record : filesBelow(digests)) {
            String name = digests.relativize(record).toString().replace('\\', '/');
            if (!name.endsWith(DIGEST)) {
                continue;
            }
            String path = name.substring(0, name.length() - DIGEST.length());
            if (Files.isRegularFile(file(path))) {
                files.add(new CachedFile(path, file(path), Files.size(file(path)), recorded(record)));
            }
        }
        return files;
    }

    /** Deletes a kept file and what is left of its downloads; returns the bytes that it had. */
    public long forget(CachedFile cached) throws IOException {
        return locked(cached.path(), () -> {
            long bytes = Files.exists(cached.file()) ? Files.size(cached.file()) : 0;
            disk.delete(cached.file());
            disk.delete(digest(cached.path()));
            deleteEmptyFolders(cached.file().getParent());
            deleteEmptyFolders(digest(cached.path()).getParent());
            return bytes;
        });
    }

    /** Deletes what processes that were killed left unfinished, beside the files that they were writing. */
    public void sweep() throws IOException {
        if (Files.isDirectory(root)) {
            try (Stream<Path> tree = Files.walk(root)) {
                for (Path folder : (Iterable<Path>) tree.filter(Files::isDirectory)::iterator) {
                    AtomicFile.sweep(folder);
                }
            }
        }
    }

    /** Deletes what is in quarantine; returns the bytes that it had. */
    public long forgetQuarantined() throws IOException {
        return forgetFolder(quarantine());
    }

    /** Deletes every broken-off download, and waits for those that are running; returns the bytes that they had. */
    public long forgetParts() throws IOException {
        long bytes = 0;
        for (Path part : filesBelow(root.resolve("partial"))) {
            String name = part.getFileName().toString();
            if (name.matches("[0-9a-f]{64}\\.(part|json|content)")) {
                bytes += lockedByKey(name.substring(0, 64), () -> {
                    long size = Files.exists(part) ? Files.size(part) : 0;
                    disk.delete(part);
                    return size;
                });
            }
        }
        return bytes;
    }

    public Path computed(String kind) {
        return root.resolve("computed").resolve(RelativePath.require(kind));
    }

    public List<Path> computed() throws IOException {
        return filesBelow(root.resolve("computed"));
    }

    /** Deletes what was computed; returns the bytes that it had. */
    public long forgetComputed() throws IOException {
        long bytes = 0;
        for (Path file : computed()) {
            bytes += Files.size(file);
            disk.delete(file);
            deleteEmptyFolders(file.getParent());
        }
        return bytes;
    }

    private void deleteEmptyFolders(Path folder) throws IOException {
        for (Path f = folder; !f.equals(root) && f.startsWith(root) && Files.isDirectory(f); f = f.getParent()) {
            try (Stream<Path> entries = Files.list(f)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            disk.delete(f);
        }
    }

    private Path digest(String path) {
        return root.resolve("digests").resolve(RelativePath.require(path) + DIGEST);
    }

    /** The digest that a kept file had when it was kept. */
    public Sha256 digestOf(String path) throws IOException {
        return recorded(digest(path));
    }

    private static Sha256 recorded(Path record) throws IOException {
        String text = Files.readString(record);
        try {
            return new Sha256(text.substring(0, Math.min(64, text.length())));
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(record, "byte 0: " + e.getMessage() + " Delete this file.");
        }
    }

    private static String key(String path) {
        return Sha256.of(path.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The regular files in a folder and its folders, sorted; none where there is no folder. */
    public static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
