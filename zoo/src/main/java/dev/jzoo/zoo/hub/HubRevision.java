package dev.jzoo.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.RelativePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Hugging Face says of a revision of a repository.
 *
 * @param commit 40 hexadecimal digits
 */
record HubRevision(String commit, List<HubFile> files) {

    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");

    HubRevision {
        if (!isCommit(commit)) {
            throw new IllegalArgumentException("A commit has 40 hexadecimal digits, not '" + commit + "'.");
        }
        files = List.copyOf(files);
    }

    /**
     * A file.
     *
     * @param bytes its size, -1 if not said
     * @param sha256 of what Git LFS keeps; empty for other files
     * @param blob Git's own digest, of the file or of the note that stands for it; empty if not said
     */
    record HubFile(String path, long bytes, String sha256, String blob) {
        HubFile {
            RelativePath.require(path);
        }
    }

    static boolean isCommit(String text) {
        return SHA1.matcher(text).matches();
    }

    /**
     * Reads the answer of the hub.
     *
     * @param source the address, for messages
     */
    static HubRevision parse(String source, String json) throws DataFormatException {
        JsonNode root = Json.parse(source, json, JsonNode.class);
        try {
            List<HubFile> files = new ArrayList<>();
            for (JsonNode file : root.path("siblings")) {
                JsonNode lfs = file.path("lfs");
                files.add(new HubFile(
                        file.path("rfilename").asText(),
                        (lfs.has("size") ? lfs : file).path("size").asLong(-1),
                        lfs.path("sha256").asText(""),
                        file.path("blobId").asText("")));
            }
            return new HubRevision(root.path("sha").asText(), files);
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(source, e.getMessage());
        }
    }
}
