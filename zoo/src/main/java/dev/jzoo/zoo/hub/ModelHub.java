package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a reference to a model means that JZoo did not publish: which files, and where they are. */
public interface ModelHub {

    /**
     * The files of the model, as whoever publishes it says now. Fetches none of them.
     *
     * @throws JZooException NOT_FOUND where the publisher has no such model, with what there is; NETWORK where nobody answers
     */
    Resolution resolve() throws IOException;

    /** The folder that all its files lie in, in a mirror and in the home; ends in '/'. */
    String folder();

    /** Where one of the files may come from, after the mirrors, in the order to try. */
    List<Location> places(String path);

    /** Whether the reference always means the same bytes, so that it need not be resolved again. */
    boolean isLasting();

    /**
     * The files of a model.
     *
     * @param model the path of the {@code .onnx} file, one of the files
     */
    record Resolution(String model, List<WantedFile> files) {
        public Resolution {
            files = List.copyOf(files);
            if (files.stream().noneMatch(file -> file.path().equals(model))) {
                throw new IllegalArgumentException(model + " is none of its files.");
            }
        }
    }

    /**
     * A file, and how to know that it is the right one.
     *
     * @param path in a mirror and in the home
     * @param digest its size and digest, where they are known beforehand
     * @param check what else is asked of it; the only thing that is, where no digest is known
     */
    record WantedFile(String path, Optional<Manifest.FileDigest> digest, FileCheck check) {
        public WantedFile {
            RelativePath.require(path);
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(check, "check");
        }

        static WantedFile of(String path, long bytes, Sha256 sha256) {
            return new WantedFile(path, Optional.of(new Manifest.FileDigest(path, bytes, sha256)), FileCheck.NONE);
        }

        static WantedFile checked(String path, FileCheck check) {
            return new WantedFile(path, Optional.empty(), check);
        }
    }
}
