package dev.jzoo.zoo.catalogue;

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
 * The files of a model in the home: in a folder of their own, named by the digest of all of them, so that models of two sources lie apart
 * whatever their names.
 *
 * @param folder that all files lie in, in a mirror: it ends in '/'
 * @param files with their paths in a mirror
 */
public record StoredModel(CacheDirectory home, String folder, List<FileDigest> files) {

    /** Half of a digest: nobody finds another set of files for it, and paths stay short enough for Windows. */
    private static final int DIGITS = 32;

    public StoredModel {
        files = List.copyOf(files);
        for (FileDigest file : files) {
            if (!file.path().startsWith(folder)) {
                throw new IllegalArgumentException(file.path() + " is not in " + folder + ".");
            }
        }
    }

    /** A model of the zoo, whose paths in the manifest are relative to the folder of models. */
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

    /** The folder in the home; it ends in '/'. */
    public String path() {
        String set = files.stream()
                .map(file -> file.sha256() + "  " + file.path() + "\n")
                .sorted()
                .collect(Collectors.joining());
        return folder + Sha256.of(set.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS) + "/";
    }

    /** Where a file lies in the home, given its path in a mirror. */
    public String path(String file) {
        return path() + file.substring(folder.length());
    }

    /** Whether the files are where version 0.1.0 put them, and not in a folder of their own: each is read and has its digest. */
    public boolean isWhereItWas() throws IOException {
        for (FileDigest file : files) {
            if (home.has(path(file.path()))
                    || home.intact(file.path(), resource(file)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Where a file is: here, or where version 0.1.0 put it. */
    public Path file(String file) {
        return home.file(home.has(path(file)) || !home.has(file) ? path(file) : file);
    }

    /** Whether a file is there, here or where version 0.1.0 put it; it is not read. */
    public boolean has(String file) {
        return home.has(path(file)) || home.has(file);
    }

    private static Resource resource(FileDigest file) {
        return new Resource(file.path(), List.of(), Encoding.IDENTITY, file.bytes(), file.sha256());
    }
}
