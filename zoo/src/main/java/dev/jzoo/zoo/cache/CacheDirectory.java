package dev.jzoo.zoo.cache;

import dev.jzoo.zoo.download.PartialDownload;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Disk;
import dev.jzoo.zoo.file.PlainText;
import dev.jzoo.zoo.file.ProcessLock;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.file.ZipArchive;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of the cache. Only this class writes into it, except for computed files.
 *
 * <pre>
 *   data/PATH                           data files, complete and checked when they appeared here
 *   models/ID/VERSION/SET/FILE          files of JZoo's models; SET is the digest of all files of the model with their paths, so that
 *   hubs/HUB/.../SET/FILE               (foreign models) two sources never share a path. Files stored by 0.1.0, without SET, are found
 *   references/KEY.json                 the files that a reference to a foreign model stands for; KEY is the digest of its text
 *   digests/PATH.sha256                 their digests in the format of sha256sum; JZoo ignores files without one
 *   unpacked/PATH/...                   the content of an archive in data/, used while it matches the archive
 *   partial/KEY.part, KEY.json          an incomplete download and its state for resuming; KEY is the digest of the path
 *   partial/DIGEST.arrived              a complete file whose model is not complete yet
 *   quarantine/KEY                      the last bytes that a server sent in place of the expected file
 *   locks/KEY.lock, in-use-ID.lock      locks of files being written, and the files that each process uses, which cleanups spare
 *   computed/KIND/FILE                  files computed here that can be computed again; written by the code that computes them
 * </pre>
 *
 * <p>Other users may be able to write into the folder. So links in it are not followed, and every file is compared with its digest when
 * it is used. Files without a digest (references, lists of models) are trusted according to their owner, see {@link #isBelieved}.
 */
public final class CacheDirectory {

    public static final String DATA = "data/";
    public static final String MODELS = "models/";
    public static final String HUBS = "hubs/";

    static final String UNPACKED = "unpacked/";

    private static final String DIGEST = ".sha256";

    /** The length limit of a record, which has a digest and a path. */
    private static final int LONGEST_RECORD = 1 << 13;

    private final Path root;
    private final Disk disk;

    public CacheDirectory(Path root) {
        this.root = root;
        this.disk = Disk.below(
                root, "Free some space, make the folder writable, or name another folder in " + Settings.HOME + ".");
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

    /** Returns whether a file exists at a path and no part of the path is a link. */
    public boolean has(String path) {
        return Files.isRegularFile(file(path), LinkOption.NOFOLLOW_LINKS) && !disk.isThroughLink(file(path));
    }

    /** Returns the file if it has the size and digest of the resource's content. Reads it to the end. */
    public Optional<Path> intact(String path, Resource expected) throws IOException {
        Path file = file(path);
        if (!has(path)) {
            return Optional.empty();
        }
        long bytes = Files.size(file);
        if (bytes == expected.bytes() && Sha256.of(file).equals(expected.sha256())) {
            return Optional.of(file);
        }
        return Optional.empty();
    }

    /** Returns the partial download of a path. The file may exist, from an interrupted download. */
    public PartialDownload part(String path) {
        Path folder = root.resolve("partial");
        disk.createFolders(folder);
        return new PartialDownload(folder.resolve(key(path) + ".part"), folder.resolve(key(path) + ".json"), disk);
    }

    /** Returns the path where a complete file waits until the other files of its model have arrived. */
    public Path arrived(Sha256 sha256) {
        return root.resolve("partial").resolve(sha256 + ".arrived");
    }

    /** Returns the folder for files that servers sent in place of the expected ones. */
    public Path quarantine() {
        return root.resolve("quarantine");
    }

    /** Moves a download that does not match its digest into quarantine. Replaces an earlier one of the same path. */
    public void quarantine(PartialDownload part, String path) {
        if (Files.exists(part.bytes())) {
            disk.createFolders(quarantine());
            disk.move(part.bytes(), quarantine().resolve(key(path)));
        }
        part.delete();
    }

    /** Moves a complete and checked file with this digest to its path in one step. */
    public Path keep(Path finished, String path, Sha256 sha256) throws IOException {
        Path file = file(path);
        try {
            disk.createFolderOf(file);
            put(finished, file, path, sha256);
            return file;
        } catch (JZooException e) {
            disk.delete(finished);
            throw e;
        }
    }

    private void put(Path finished, Path file, String path, Sha256 sha256) throws IOException {
        // The digest first: a process killed between the two steps leaves a digest without its file, which is harmless.
        disk.writeText(digest(path), sha256 + "  " + path + "\n");
        disk.move(finished, file);
    }

    /**
     * Returns the folder with the content of an archive. Unpacks the archive again unless the folder has the same files with the
     * same bytes.
     *
     * @param archive a file of the cache that was just checked
     * @param path the archive's path in the cache
     */
    public Path unpacked(Path archive, String path) throws IOException {
        Path folder = file(UNPACKED + path);
        uses().keep(UNPACKED + path + "/");
        return lockedByKey(key(UNPACKED + path), () -> {
            try (ZipArchive zip = ZipArchive.open(archive)) {
                if (disk.isThroughLink(folder) || !zip.isIn(folder)) {
                    Path staged = root.resolve("partial").resolve(key(path) + ".unpacked");
                    disk.delete(staged);
                    zip.unpack(staged, disk);
                    disk.delete(folder);
                    disk.createFolderOf(folder);
                    disk.move(staged, folder);
                }
            }
            return folder;
        });
    }

    /**
     * Runs an action on a file, or on a folder whose path ends in '/', while no cleanup deletes it. Cleanups of other processes
     * spare it until this process ends.
     */
    public <T> T using(String path, ProcessLock.Action<T> action) throws IOException {
        return uses().during(path, action);
    }

    private CacheUses uses() {
        return CacheUses.of(root, disk);
    }

    /** Runs a cleanup, which spares the files in use. */
    public <T> T cleaned(Cleanup<T> cleanup) throws IOException {
        return uses().cleaning(used -> cleanup.run(new CacheRemoval(this, used)));
    }

    /** An action that deletes some of the files. */
    public interface Cleanup<T> {
        T run(CacheRemoval removal) throws IOException;
    }

    /** Runs an action while no other thread or process uses this path. */
    public <T> T locked(String path, ProcessLock.Action<T> action) throws IOException {
        return lockedByKey(key(path), action);
    }

    <T> T lockedByKey(String key, ProcessLock.Action<T> action) throws IOException {
        Path lock = root.resolve("locks").resolve(key + ".lock");
        disk.createFolderOf(lock);
        return ProcessLock.holding(lock, disk, action);
    }

    /** Returns the lock file of a path, in a folder that may not exist yet. */
    public Path lockFile(String path) {
        return root.resolve("locks").resolve(key(path) + ".lock");
    }

    /** Returns all files that have a digest and still exist, sorted by path. */
    public List<CachedFile> list() throws IOException {
        Path digests = root.resolve("digests");
        List<CachedFile> files = new ArrayList<>();
        for (Path record : filesBelow(digests)) {
            String name = digests.relativize(record).toString().replace('\\', '/');
            if (!name.endsWith(DIGEST)) {
                continue;
            }
            String path = name.substring(0, name.length() - DIGEST.length());
            try {
                if (isPath(path) && has(path)) {
                    files.add(new CachedFile(path, file(path), Files.size(file(path)), recorded(record)));
                }
            } catch (NoSuchFileException e) {
                // Another process deleted it meanwhile.
            }
        }
        return files;
    }

    /** Returns whether to trust the content of a file: it exists, is not a link, and was not written by another user. */
    public boolean isBelieved(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !disk.isThroughLink(file)
                && FileOwner.mayWriteFor(root, file);
    }

    /** Returns the folder for computed files of a kind. Cleanups of other processes spare it until this process ends. */
    public Path computed(String kind) throws IOException {
        uses().keep("computed/" + kind + "/");
        return root.resolve("computed").resolve(RelativePath.require(kind));
    }

    public List<Path> computed() throws IOException {
        return filesBelow(root.resolve("computed"));
    }

    Path digest(String path) {
        return root.resolve("digests").resolve(RelativePath.require(path) + DIGEST);
    }

    /** Returns the digest recorded when a file was stored. */
    public Sha256 digestOf(String path) throws IOException {
        return recorded(digest(path));
    }

    private static Sha256 recorded(Path record) throws IOException {
        String text = PlainText.read(record, LONGEST_RECORD);
        try {
            return new Sha256(text.substring(0, Math.min(64, text.length())));
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(record, "byte 0: " + e.getMessage() + " Delete this file.");
        }
    }

    private static boolean isPath(String path) {
        try {
            RelativePath.require(path);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // not a file of this cache
        }
    }

    static String key(String path) {
        return Sha256.of(path.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** Returns the regular files in a folder and its subfolders, sorted; empty if the folder does not exist. */
    public static List<Path> filesBelow(Path folder) throws IOException {
        return new CacheTree(folder)
                .files().stream().filter(Files::isRegularFile).toList();
    }
}
