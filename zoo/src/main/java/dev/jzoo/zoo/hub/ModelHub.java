package dev.jzoo.zoo.hub;

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

/** What a reference to a model means that JZoo did not publish: which files, and where they are. */
public interface ModelHub {

    /**
     * Which file the model is, as whoever publishes it says now, and how to know any file that it names. Fetches none of them.
     *
     * @throws JZooException NOT_FOUND where the publisher has no such model, with what there is; NETWORK where nobody answers
     */
    Resolution resolve() throws IOException;

    /** The folder that all its files lie in, in a mirror and in the home; ends in '/'. */
    String folder();

    /** Where one of the files may come from, after the mirrors, in the order to try, given its path in a mirror. */
    List<Location> places(String path);

    /** Whether the reference always means the same bytes, so that it need not be resolved again. */
    boolean isLasting();

    /**
     * The digest that the user wrote, where a reference has one: nobody else's counts then.
     */
    default Optional<Sha256> requiredDigest() {
        return Optional.empty();
    }

    /**
     * A model as its publisher describes it.
     *
     * @param model the {@code .onnx} file
     * @param others any other file, by its path in a mirror: those count in which the model says that it has its weights
     */
    record Resolution(WantedFile model, Others others) {}

    /**
     * The names of the files in which a model says that it has its weights, relative to its folder.
     *
     * @param reference what the model is called, for the message
     * @throws DataFormatException where a name leads out of the folder
     */
    static List<String> weightFiles(String reference, Path model) throws IOException {
        List<String> names = new ArrayList<>();
        for (String name : WeightFiles.of(model)) {
            try {
                names.add(RelativePath.require(name.startsWith("./") ? name.substring(2) : name));
            } catch (IllegalArgumentException e) {
                throw new DataFormatException(reference, "it has weights outside of its folder. " + e.getMessage());
            }
        }
        return names.stream().distinct().toList();
    }

    /** Finds a file beside a model. */
    interface Others {
        /**
         * Returns the file, or nothing where the publisher has none of that path.
         *
         * @throws JZooException INTEGRITY where the publisher has it and says nothing of its content
         */
        Optional<WantedFile> find(String path);
    }

    /**
     * A file, and how to know that it is the right one.
     *
     * @param path in a mirror and in the home
     * @param digest its size and digest, where they are known beforehand
     * @param check asks of the file what is known of it
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
