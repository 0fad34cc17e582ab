package dev.jzoo.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hugging Face's description of a revision of a repository.
 *
 * @param commit 40 hexadecimal digits
 */
record HubRevision(String commit, List<HubFile> files) {

    private static final int MOST_FILES = 100_000;

    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    HubRevision {
        if (!isCommit(commit)) {
            throw new IllegalArgumentException("A commit has 40 hexadecimal digits, not '" + shortened(commit) + "'.");
        }
        files = List.copyOf(files);
    }

    /**
     * A file of the revision.
     *
     * @param bytes its size; -1 if unknown, which is possible only for a file outside Git LFS
     * @param sha256 the digest of a file in Git LFS
     * @param blob Git's own digest of the file or of its Git LFS pointer; empty if unknown
     */
    record HubFile(String path, long bytes, Optional<Sha256> sha256, String blob) {
        HubFile {
            RelativePath.require(path);
            if (sha256.isPresent() && bytes < 0) {
                throw new IllegalArgumentException("The size of " + path + " is missing.");
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    static boolean isCommit(String text) {
        return SHA1.matcher(text).matches();
    }

    /**
     * Parses the response of the hub.
     *
     * @param source the address, for messages
     */
    static HubRevision parse(String source, String json) throws DataFormatException {
        JsonNode root = Json.parse(source, json, JsonNode.class);
        try {
            List<HubFile> files = new ArrayList<>();
            for (JsonNode file : root.path("siblings")) {
                JsonNode lfs = file.path("lfs");
                String digest = lfs.path("sha256").asText("");
                files.add(new HubFile(
                        file.path("rfilename").asText(),
                        (lfs.has("size") ? lfs : file).path("size").asLong(-1),
                        digest.isEmpty() ? Optional.empty() : Optional.of(new Sha256(digest)),
                        file.path("blobId").asText("")));
                if (files.size() > MOST_FILES) {
                    throw new IllegalArgumentException("expected at most " + MOST_FILES + " files, found more.");
                }
            }
            return new HubRevision(root.path("sha").asText(), files);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(source, String.valueOf(e.getMessage()));
        }
    }
}
