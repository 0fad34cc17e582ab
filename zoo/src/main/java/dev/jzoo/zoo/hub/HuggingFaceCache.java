package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.file.PlainText;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.HubRevision.HubFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The downloads of a repository in the cache of Hugging Face's own programs. JZoo only reads it.
 *
 * <pre>
 *   models--OWNER--NAME/refs/REVISION                 the commit
 *   models--OWNER--NAME/snapshots/COMMIT/PATH         a link to a blob, or a file if the file system has no links
 *   models--OWNER--NAME/blobs/DIGEST                  the SHA-256 of a file in Git LFS, otherwise Git's own digest
 * </pre>
 */
record HuggingFaceCache(Path root, String owner, String name) {

    private static final int LONGEST_REF = 1 << 10;

    private Path folder() {
        return root.resolve("models--" + owner + "--" + name);
    }

    /** Returns the file of a commit. It may not exist. */
    Path file(String commit, String path) {
        return folder().resolve("snapshots").resolve(commit).resolve(RelativePath.require(path));
    }

    /** Returns the commit that a revision stood for when it was downloaded. */
    Optional<String> commit(String revision) {
        Path ref = folder().resolve("refs").resolve(revision.replace("%2F", "/"));
        try {
            String commit = HubRevision.isCommit(revision)
                    ? revision
                    : PlainText.read(ref, LONGEST_REF).strip();
            return HubRevision.isCommit(commit)
                            && Files.isDirectory(folder().resolve("snapshots").resolve(commit))
                    ? Optional.of(commit)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not downloaded
        }
    }

    /** Returns the downloaded files of a commit, with the digests in the names of their blobs. */
    List<HubFile> files(String commit) throws IOException {
        Path snapshot = folder().resolve("snapshots").resolve(commit);
        List<HubFile> files = new ArrayList<>();
        for (Path file : CacheDirectory.filesBelow(snapshot)) {
            files.add(file(snapshot.relativize(file).toString().replace('\\', '/'), file));
        }
        return files;
    }

    private static HubFile file(String path, Path file) throws IOException {
        String blob = file.toRealPath().getFileName().toString();
        long bytes = Files.size(file);
        if (blob.matches("[0-9a-f]{64}")) {
            return new HubFile(path, bytes, Optional.of(new Sha256(blob)), "");
        }
        if (HubRevision.isCommit(blob)) {
            return new HubFile(path, bytes, Optional.empty(), blob);
        }
        // no links on this file system, hence no digest: trust the downloaded file
        return new HubFile(path, bytes, Optional.of(Sha256.of(file)), "");
    }
}
