package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A reference to a model that JZoo did not publish. Finds the model's files and their locations. */
@Internal
public interface ModelHub {

    /**
     * Asks the publisher for the model's file and for the digests of any files that the model names. Downloads none of them.
     *
     * @throws JZooException NOT_FOUND if the publisher does not have the model, with the available names; NETWORK if no server
     *     answers
     */
    Resolution resolve() throws IOException;

    /** Returns the common folder of all its files, in a mirror and in the cache, ending in '/'. */
    String folder();

    /** Returns the locations to try for a file after the mirrors, in order, given its path in a mirror. */
    List<Location> places(String path);

    /** Returns whether the reference always stands for the same bytes, so that it need not be resolved again. */
    boolean isLasting();

    /** Returns the digest in the reference, if it has one. It takes precedence over all other digests. */
    default Optional<Sha256> requiredDigest() {
        return Optional.empty();
    }

    /**
     * A model as its publisher describes it.
     *
     * @param model the {@code .onnx} file
     * @param others finds other files by their paths in a mirror; used for the external weight files that the model names
     */
    record Resolution(WantedFile model, Others others) {}

    /**
     * Returns the names of the external weight files that a model names, relative to its folder.
     *
     * @param reference the model's reference, for messages
     * @throws DataFormatException if a name leads out of the folder
     */
    static List<String> weightFiles(String reference, Path model) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : WeightFiles.of(model)) {
            try {
                names.add(RelativePath.require(name.startsWith("./") ? name.substring(2) : name));
            } catch (IllegalArgumentException e) {
                throw new DataFormatException(reference, "it has weights outside its folder. " + e.getMessage());
            }
        }
        return names.stream().distinct().toList();
    }

    /** A search for the files next to a model. */
    interface Others {
        /**
         * Returns the file; empty if the publisher does not have a file at that path.
         *
         * @throws JZooException INTEGRITY if the publisher has the file but gives no digest of it
         */
        Optional<WantedFile> find(String path);
    }

    /**
     * A file to fetch, with what is known of its content.
     *
     * @param path its path in a mirror and in the cache
     * @param digest its size and digest, if known in advance
     * @param check the check that the file must pass
     */
    record WantedFile(String path, Optional<Manifest.FileDigest> digest, FileCheck check) {
        public WantedFile {
            RelativePath.require(path);
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(check, "check");
        }

        static WantedFile of(String path, long bytes, Sha256 sha256) {
            return new WantedFile(
                    path, Optional.of(new Manifest.FileDigest(path, bytes, sha256)), FileCheck.content(bytes, sha256));
        }

        static WantedFile checked(String path, FileCheck check) {
            return new WantedFile(path, Optional.empty(), check);
        }
    }
}
