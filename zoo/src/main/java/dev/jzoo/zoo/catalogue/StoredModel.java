package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest.FileDigest;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files of a model in the cache. They are in a folder named by the digest of all of them, so that models from two sources
 * stay separate even if they have the same name.
 *
 * @param folder the common folder of all files in a mirror, ending in '/'
 * @param files the files with their paths in a mirror
 */
@Internal
public record StoredModel(CacheDirectory home, String folder, List<FileDigest> files) {

    /** Half of a digest: still too long for anyone to find other files with the same one, and short enough for paths on Windows. */
    private static final int DIGITS = 32;

    public StoredModel {
        files = List.copyOf(files);
        for (FileDigest file : files) {
            if (!file.path().startsWith(folder)) {
                throw new IllegalArgumentException(file.path() + " is not in " + folder + ".");
            }
        }
    }

    /** Returns a model of the zoo. Its paths in the manifest are relative to the folder of models. */
    public static StoredModel of(CacheDirectory home, Manifest.Entry entry) {
        Manifest.PublishedFiles published = entry.published().orElseThrow();
        List<FileDigest> files = published.files().stream()
                .map(file -> new FileDigest(CacheDirectory.MODELS + file.path(), file.bytes(), file.sha256()))
                .toList();
        return new StoredModel(
                home,
                CacheDirectory.MODELS + published.card().id() + "/"
                        + published.card().version() + "/",
                files);
    }

    /** Returns the folder's path in the cache, ending in '/'. */
    public String path() {
        String set = files.stream()
                .map(file -> file.sha256() + "  " + file.path() + "\n")
                .sorted()
                .collect(Collectors.joining());
        return folder + Sha256.of(set.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS) + "/";
    }

    /** Returns a file's path in the cache, given its path in a mirror. */
    public String path(String file) {
        return path() + file.substring(folder.length());
    }

    /**
     * Returns whether the files are where version 0.1.0 put them and not in their own folder. Reads them and checks their
     * digests.
     */
    public boolean isWhereItWas() throws IOException {
        for (FileDigest file : files) {
            if (home.has(path(file.path()))
                    || home.intact(file.path(), resource(file)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns the path of a file: here, or where version 0.1.0 put it. */
    public Path file(String file) {
        return home.file(home.has(path(file)) || !home.has(file) ? path(file) : file);
    }

    /** Returns whether a file exists, here or where version 0.1.0 put it. Does not read the file. */
    public boolean has(String file) {
        return home.has(path(file)) || home.has(file);
    }

    private static Resource resource(FileDigest file) {
        return new Resource(file.path(), List.of(), Encoding.IDENTITY, file.bytes(), file.sha256());
    }
}
