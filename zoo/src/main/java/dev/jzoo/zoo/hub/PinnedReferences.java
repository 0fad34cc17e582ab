package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.card.TextLimit;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.file.Json;
import dev.jzoo.zoo.file.PlainText;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that fetched references stood for, recorded so that they are found again without a network. */
@Internal
public record PinnedReferences(CacheDirectory home) {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedReferences.class);

    private static final String FOLDER = "references/";
    private static final int LONGEST = 1 << 20;

    /**
     * The files that a reference stood for.
     *
     * @param reference the reference as written, without the keys and passwords of an address
     * @param model the path of the {@code .onnx} file, one of the files
     * @param files the files with their paths in a mirror
     */
    public record PinnedFiles(String reference, String model, List<Manifest.FileDigest> files) {
        public PinnedFiles {
            Objects.requireNonNull(reference, "reference");
            files = List.copyOf(files);
            TextLimit.require("A reference", reference, 8_000);
            TextLimit.require("A model", files, "files", 10_000);
            if (files.stream().noneMatch(file -> file.path().equals(model))) {
                throw new IllegalArgumentException(model + " is not one of the listed files.");
            }
            for (Manifest.FileDigest file : files) {
                if (!file.path().startsWith(folder(model))) {
                    throw new IllegalArgumentException(file.path() + " is not in the folder of " + model + ".");
                }
            }
        }

        private static String folder(String model) {
            return model.substring(0, model.lastIndexOf('/') + 1);
        }

        /** Returns the files in a cache. */
        public StoredModel stored(CacheDirectory home) {
            return new StoredModel(home, folder(model), files);
        }

        /**
         * Returns this record. Fails with DataFormatException if a file is in another folder, because a mirror must not name the
         * files of other models.
         */
        public PinnedFiles requireIn(String folder) throws DataFormatException {
            for (Manifest.FileDigest file : files) {
                if (!file.path().startsWith(folder)) {
                    throw new DataFormatException(reference, file.path() + " is not in " + folder);
                }
            }
            return this;
        }

        /** Returns the file with a path in a mirror. */
        public Optional<Manifest.FileDigest> file(String path) {
            return files.stream().filter(file -> file.path().equals(path)).findFirst();
        }

        public Manifest.FileDigest modelFile() {
            return file(model).orElseThrow();
        }
    }

    /** Returns the path of the record of a reference, in a mirror and in the cache. */
    public static String path(ModelReference reference) {
        return FOLDER
                + Sha256.of(reference.identity().getBytes(StandardCharsets.UTF_8))
                        .hex() + ".json";
    }

    /** Returns the files that a reference stood for when it was fetched. */
    public Optional<PinnedFiles> find(ModelReference reference) {
        Path file = home.file(path(reference));
        return home.isBelieved(file) ? read(file) : Optional.empty();
    }

    public void keep(ModelReference reference, PinnedFiles meaning) throws IOException {
        Path file = home.file(path(reference));
        home.disk().createFolderOf(file);
        home.disk().writeText(file, Json.pretty(meaning));
    }

    /** Returns all records. */
    public List<PinnedFiles> all() throws IOException {
        List<PinnedFiles> all = new ArrayList<>();
        Path folder = home.root().resolve(FOLDER);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
                for (Path file : files) {
                    if (home.isBelieved(file)) {
                        read(file).ifPresent(all::add);
                    }
                }
            }
        }
        return all;
    }

    /** Reads a mirror's record; empty if there is none, or if it needs a network while offline. */
    public static Optional<PinnedFiles> read(Location place, HttpDownloader web, boolean offline) throws IOException {
        Optional<String> text = web.text(place, LONGEST, offline);
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Json.parse(place.toString(), text.get(), PinnedFiles.class));
    }

    private Optional<PinnedFiles> read(Path file) {
        String name = home.root().relativize(file).toString();
        try {
            return Optional.of(Json.parse(name, PlainText.read(file, LONGEST), PinnedFiles.class));
        } catch (IOException e) {
            LOG.warn("The cache's record of a reference is ignored: {}", IoErrors.of(e));
            return Optional.empty();
        }
    }

    /**
     * Deletes the records of all references whose files are not in use.
     *
     * @param inUse tests whether a running job uses a file
     */
    public void forgetAll(Predicate<String> inUse) throws IOException {
        Path folder = home.root().resolve(FOLDER);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                boolean used = home.isBelieved(file)
                        && read(file).stream()
                                .flatMap(meaning -> meaning.files().stream())
                                .anyMatch(kept -> inUse.test(kept.path()));
                if (!used) {
                    home.disk().delete(file);
                }
            }
        }
    }
}
