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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the cache, and the only code that writes into it, but for what is computed.
 *
 * <pre>
 *   data/PATH                           files that were whole and right when they appeared here
 *   models/ID/VERSION/SET/FILE          the same, of models; SET is the digest of all files of the model with their paths, so that
 *   hubs/HUB/.../SET/FILE               two sources never share a path. Version 0.1.0 had no SET: what it left is still found
 *   references/KEY.json                 which files a reference to a model of others means; KEY is the digest of its text
 *   digests/PATH.sha256                 their digests, as sha256sum writes them; a file without one is not ours
 *   unpacked/PATH/...                   what an archive of data/ has, for as long as it agrees with it
 *   partial/KEY.part, KEY.json          a download and what is needed to resume it; KEY is the digest of the path
 *   partial/DIGEST.arrived              a whole file whose model is not complete yet
 *   quarantine/KEY                      what a server gave in place of it at last
 *   locks/KEY.lock, in-use-ID.lock      what is being written, and what each process uses, which cleanups spare
 *   computed/KIND/FILE                  what was computed here and can be computed again; written by whoever computes it
 * </pre>
 *
 * <p>Others may be able to write into it. So no link in it is followed, and every file is compared with its digest when it is used. What
 * only says something (a reference, a list of models) is believed by its owner, see {@link #isBelieved}.
 */
public final class CacheDirectory {

    public static final String DATA = "data/";
    public static final String MODELS = "models/";
    public static final String HUBS = "hubs/";

    static final String UNPACKED = "unpacked/";

    private static final String DIGEST = ".sha256";

    /** A digest and a path. */
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

    /** Whether there is a file, which is no link nor in a folder that is one. */
    public boolean has(String path) {
        return Files.isRegularFile(file(path), LinkOption.NOFOLLOW_LINKS) && !disk.isThroughLink(file(path));
    }

    /** The file, if it is there with the size and the digest of the resource's content; it is read to the end. */
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

    /** A file for a download of this path; it may exist, from a download that was broken off. */
    public PartialDownload part(String path) {
        Path folder = root.resolve("partial");
        disk.createFolders(folder);
        return new PartialDownload(folder.resolve(key(path) + ".part"), folder.resolve(key(path) + ".json"), disk);
    }

    /** Where a whole file of this digest waits until the other files of its model are there. */
    public Path arrived(Sha256 sha256) {
        return root.resolve("partial").resolve(sha256 + ".arrived");
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
        try {
            disk.createFolders(file.getParent());
            put(finished, file, path, sha256);
            return file;
        } catch (JZooException e) {
            disk.delete(finished);
            throw e;
        }
    }

    private void put(Path finished, Path file, String path, Sha256 sha256) throws IOException {
        // The digest first: a kill between the two leaves a digest without its file, which is nobody's damage.
        disk.writeText(digest(path), sha256 + "  " + path + "\n");
        disk.move(finished, file);
    }

    /**
     * The folder of what an archive has, unpacked anew unless it is there and has the same files with the same bytes.
     *
     * @param archive a file of the home that was just checked
     * @param path where it lies in the home
     */
    public Path unpacked(Path archive, String path) throws IOException {
        Path folder = file(UNPACKED + path);
        uses().keep(UNPACKED + path + "/");
        return lockedByKey(key(UNPACKED + path), () -> {
            try (ZipArchive zip = ZipArchive.open(archive)) {
                if (disk.isThroughLink(folder) || !zip.isIn(folder)) {
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

    /**
     * Acts on a file or a folder, whose path ends in '/', while no cleanup deletes it. Cleanups of other processes spare it until this
     * process ends.
     */
    public <T> T using(String path, ProcessLock.Action<T> action) throws IOException {
        return uses().during(path, action);
    }

    private CacheUses uses() {
        return CacheUses.of(root, disk);
    }

    /** Deletes files, of which none is in use. */
    public <T> T cleaned(Cleanup<T> cleanup) throws IOException {
        return uses().cleaning(used -> cleanup.run(new CacheRemoval(this, used)));
    }

    /** Deletes some of the files. */
    public interface Cleanup<T> {
        T run(CacheRemoval removal) throws IOException;
    }

    /** Acts while no other thread or process does anything to this path. */
    public <T> T locked(String path, ProcessLock.Action<T> action) throws IOException {
        return lockedByKey(key(path), action);
    }

    <T> T lockedByKey(String key, ProcessLock.Action<T> action) throws IOException {
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
            if (isPath(path) && has(path)) {
                files.add(new CachedFile(path, file(path), Files.size(file(path)), recorded(record)));
            }
        }
        return files;
    }

    /** Whether what a file says is believed: it is there, no link, and was not put there by somebody else. */
    public boolean isBelieved(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !disk.isThroughLink(file)
                && FileOwner.mayWriteFor(root, file);
    }

    /** The folder of what is computed of a kind, which no cleanup of another process touches until this one ends. */
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

    /** The digest that a kept file had when it was kept. */
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
            return false; // none of ours
        }
    }

    static String key(String path) {
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
