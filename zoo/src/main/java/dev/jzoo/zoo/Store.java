package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheCheck;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cache of files whose size and SHA-256 were checked. Safe for use by several threads and by several processes at
 * once. A file becomes visible whole and checked, or not at all; downloads that are broken off are resumed by the next
 * fetch.
 */
public final class Store {

    private final Settings settings;
    private final CacheDirectory home;
    private final Fetcher fetcher;

    private Store(Settings settings, RetryPolicy patience) {
        this.settings = settings;
        this.home = new CacheDirectory(settings.home());
        this.fetcher = new Fetcher(home, new HttpDownloader(patience), settings.offline());
    }

    /** The store in {@link Settings#home()}, which is created when first written to. */
    public static Store open(Settings settings) {
        return open(settings, RetryPolicy.STANDARD);
    }

    /** The store that the environment describes, see {@link Settings#standard()}. */
    public static Store standard() {
        return open(Settings.standard());
    }

    public static Store open(Settings settings, RetryPolicy patience) {
        return new Store(settings, patience);
    }

    /**
     * The decoded file inside the home, read to the end and found to have the resource's size and digest: from the cache,
     * else from the mirrors in order, else from the resource's sources in order.
     *
     * @param listener hears {@link Resource#path()} and bytes, as they come over the wire; nothing where the cache has it
     * @throws JZooException INTEGRITY where a place gave other bytes and none the right ones, NETWORK where no place gave
     *     any or it would need the network while offline, FAILED where the home cannot be written; the message has the
     *     reason of every place that was tried
     */
    public Path fetch(Resource resource, ProgressListener listener) throws IOException {
        return fetcher.fetch(resource, path(resource), places(resource), listener);
    }

    /**
     * The folder with what a zip archive has, in the home. The archive is fetched and checked as by {@link #fetch}, and the
     * folder compared with it file by file: what is missing, changed or added there is put right first.
     *
     * @param archive a zip archive; its files and folders have no special characters in their names
     * @throws DataFormatException where it is no zip archive, or has names that would leave the folder, or occur twice
     * @throws JZooException as {@link #fetch}
     */
    public Path unpack(Resource archive, ProgressListener listener) throws IOException {
        Path file = fetch(archive, listener);
        return home.unpacked(
                file, archive.encoding().contentPath(archive.path()).replaceFirst("\\.zip$", ""));
    }

    /** The file that {@link #fetch} would give without reading anything but the cache. */
    public Optional<Path> cached(Resource resource) throws IOException {
        return home.intact(path(resource), resource);
    }

    /** The files in the cache, data and models, sorted by path; their bytes are not read. */
    public List<CachedFile> list() throws IOException {
        return home.list();
    }

    /**
     * What each file of {@link #list()} belongs to, by its path: "mnist-logistic@1.0.0", a reference to a model of others, "data/mnist" for
     * the files of a data set.
     */
    public Map<String, String> names() throws IOException {
        CacheNames names = CacheNames.of(home);
        return list().stream().collect(Collectors.toMap(CachedFile::path, names::of));
    }

    /** Whether a mirror that is a folder has the file; mirrors on the web are not asked, and nothing is read. */
    public boolean isInMirror(Resource resource) {
        return mirrored(resource.path())
                .anyMatch(place -> place instanceof Location.FileLocation local && Files.isRegularFile(local.file()));
    }

    /**
     * Reads every file in the cache and compares it with the digest that it came with. Changes nothing: a damaged file is
     * replaced by the next fetch.
     *
     * @param listener hears each file's path, and bytes
     */
    public List<CacheCheck> verify(ProgressListener listener) throws IOException {
        List<CacheCheck> checks = new ArrayList<>();
        for (CachedFile file : list()) {
            listener.progress(file.path(), 0, file.bytes());
            Sha256 found = Sha256.of(file.file());
            checks.add(new CacheCheck(
                    file,
                    found.equals(file.sha256())
                            ? ""
                            : "has the SHA-256 " + found + ", expected " + file.sha256() + "."));
            listener.progress(file.path(), file.bytes(), file.bytes());
        }
        return checks;
    }

    /**
     * Deletes what no command would find again: downloads that were broken off, what is in quarantine, files of models that
     * no reference means any more, and versions of models of which a newer one was pulled. What another process uses or is
     * fetching stays. Returns how many bytes are free now.
     */
    public long collectGarbage() throws IOException {
        return new CacheCleanup(home).collect();
    }

    /**
     * Deletes the files of {@link #list()} with what was unpacked of them, the files of {@link #computed()}, what is in
     * quarantine, and downloads that were broken off. Leaves every other file in the home alone, and what another process has
     * fetched or computed since it began, or is fetching. Returns how many bytes are free now.
     */
    public long clear() throws IOException {
        return new CacheCleanup(home).clear();
    }

    /**
     * The folder in the home of files that were computed and can be computed again, such as features of pictures. It need not
     * exist. {@link #clear()} deletes it, but not in another process before this one ends.
     *
     * @param kind of the files, a name: "features"
     */
    public Path computed(String kind) {
        try {
            return home.computed(kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files in all folders of {@link #computed}, sorted by path. They have no digests: nobody else has them. */
    public List<Path> computed() throws IOException {
        return home.computed();
    }

    Settings settings() {
        return settings;
    }

    CacheDirectory home() {
        return home;
    }

    Fetcher fetcher() {
        return fetcher;
    }

    /** The place of a file in each mirror, in their order. */
    Stream<Location> mirrored(String path) {
        return settings.mirrors().stream().map(mirror -> Location.below(mirror, path));
    }

    /** The resource's place in each mirror, then its sources. */
    private List<Location> places(Resource resource) {
        return Stream.concat(
                        mirrored(resource.path()), resource.sources().stream().map(Location::at))
                .toList();
    }

    private static String path(Resource resource) {
        return CacheDirectory.DATA + resource.encoding().contentPath(resource.path());
    }
}
