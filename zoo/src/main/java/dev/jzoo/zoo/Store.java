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
 * The cache of files whose size and SHA-256 were checked. Several threads and processes may use it at the same time. A file
 * appears complete and checked, or not at all. The next fetch resumes an interrupted download.
 */
public final class Store {

    private final Settings settings;
    private final CacheDirectory home;
    private final Fetcher fetcher;

    private Store(Settings settings, RetryPolicy retries) {
        this.settings = settings;
        this.home = new CacheDirectory(settings.home());
        this.fetcher = new Fetcher(home, new HttpDownloader(retries), settings.offline());
    }

    /** Opens the store in {@link Settings#home()}. Creates the folder at the first write. */
    public static Store open(Settings settings) {
        return open(settings, RetryPolicy.STANDARD);
    }

    /** Opens the store that the environment configures, see {@link Settings#standard()}. */
    public static Store standard() {
        return open(Settings.standard());
    }

    public static Store open(Settings settings, RetryPolicy retries) {
        return new Store(settings, retries);
    }

    /**
     * Returns the decoded file in the cache, read to the end and checked against the resource's size and digest. A missing file
     * is fetched from the mirrors in order, then from the resource's sources in order.
     *
     * @param listener receives {@link Resource#path()} and the bytes received over the network; not called for a cached file
     * @throws JZooException INTEGRITY if a location served other bytes and none served the right ones, NETWORK if no location
     *     served any or the network is needed while offline, FAILED if the cache cannot be written; the message has the reason of
     *     every location that was tried
     */
    public Path fetch(Resource resource, ProgressListener listener) throws IOException {
        return fetcher.fetch(resource, path(resource), places(resource), listener);
    }

    /**
     * Returns the folder in the cache with the unpacked files of a zip archive. The archive is fetched and checked as by
     * {@link #fetch}. The folder is compared with it file by file: missing or changed files are restored and extra files deleted
     * first.
     *
     * @param archive a zip archive; the names of its files and folders have no special characters
     * @throws DataFormatException if it is not a zip archive, or has names that leave the folder or occur twice
     * @throws JZooException as {@link #fetch}
     */
    public Path unpack(Resource archive, ProgressListener listener) throws IOException {
        Path file = fetch(archive, listener);
        return home.unpacked(
                file, archive.encoding().contentPath(archive.path()).replaceFirst("\\.zip$", ""));
    }

    /** Returns the file that {@link #fetch} would return, reading only the cache. Empty if it is not there. */
    public Optional<Path> cached(Resource resource) throws IOException {
        return home.intact(path(resource), resource);
    }

    /** Returns the data and model files in the cache, sorted by path. Does not read their content. */
    public List<CachedFile> list() throws IOException {
        return home.list();
    }

    /**
     * Returns the name of the model or data set that each file of {@link #list()} belongs to, by the file's path:
     * "mnist-logistic@1.0.0", a reference to a foreign model, or "data/mnist".
     */
    public Map<String, String> names() throws IOException {
        CacheNames names = CacheNames.of(home);
        return list().stream().collect(Collectors.toMap(CachedFile::path, names::of));
    }

    /** Returns whether a mirror folder has the file. Does not ask mirrors on the web, and does not read the file. */
    public boolean isInMirror(Resource resource) {
        return mirrored(resource.path())
                .anyMatch(place -> place instanceof Location.FileLocation local && Files.isRegularFile(local.file()));
    }

    /**
     * Reads every file in the cache and compares it with the digest recorded when it was fetched. Changes nothing: the next fetch
     * replaces a damaged file.
     *
     * @param listener receives each file's path and the bytes read
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
     * Deletes the files that no command would find again: interrupted downloads, files in quarantine, files of models that no
     * reference stands for any longer, and all but the newest pulled version of each model. Spares files that another process
     * uses or is fetching. Returns the number of bytes freed.
     */
    public long collectGarbage() throws IOException {
        return new CacheCleanup(home).collect();
    }

    /**
     * Deletes the files of {@link #list()} with the folders unpacked from them, the files of {@link #computed()}, files in
     * quarantine and interrupted downloads. Spares every other file in the folder, and the files that another running process is
     * fetching, or has fetched or computed. Returns the number of bytes freed.
     */
    public long clear() throws IOException {
        return new CacheCleanup(home).clear();
    }

    /**
     * Returns the folder in the cache for files that can be computed again, such as features of pictures. It may not exist yet.
     * {@link #clear()} deletes it. Other processes spare it until this process ends.
     *
     * @param kind the kind of the files: "features"
     */
    public Path computed(String kind) {
        try {
            return home.computed(kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the files in all folders of {@link #computed}, sorted by path. They have no digests, because no server has them. */
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

    /** Returns the location of a file in each mirror, in the mirrors' order. */
    Stream<Location> mirrored(String path) {
        return settings.mirrors().stream().map(mirror -> Location.below(mirror, path));
    }

    /** Returns the resource's location in each mirror, then its sources. */
    private List<Location> places(Resource resource) {
        return Stream.concat(
                        mirrored(resource.path()), resource.sources().stream().map(Location::at))
                .toList();
    }

    private static String path(Resource resource) {
        return CacheDirectory.DATA + resource.encoding().contentPath(resource.path());
    }
}
