package dev.jzoo.zoo.hub;

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

/** Which files the references meant that were fetched, so that they are found again without a network. */
public record PinnedReferences(CacheDirectory home) {

    private static final Logger LOG = LoggerFactory.getLogger(PinnedReferences.class);

    private static final String FOLDER = "references/";
    private static final int LONGEST = 1 << 20;

    /**
     * What a reference meant.
     *
     * @param reference as it is written, without what an address has of keys and passwords
     * @param model the path of the {@code .onnx} file, one of the files
     * @param files with their paths in a mirror
     */
    public record PinnedFiles(String reference, String model, List<Manifest.FileDigest> files) {
        public PinnedFiles {
            Objects.requireNonNull(reference, "reference");
            files = List.copyOf(files);
            TextLimit.require("A reference", reference, 8_000);
            TextLimit.require("A model", files, "files", 10_000);
            if (files.stream().noneMatch(file -> file.path().equals(model))) {
                throw new IllegalArgumentException(model + " is none of its files.");
            }
            for (Manifest.FileDigest file : files) {
                if (!file.path().startsWith(folder(model))) {
                    throw new IllegalArgumentException(file.path() + " does not lie beside " + model + ".");
                }
            }
        }

        private static String folder(String model) {
            return model.substring(0, model.lastIndexOf('/') + 1);
        }

        /** Where the files lie in a home. */
        public StoredModel stored(CacheDirectory home) {
            return new StoredModel(home, folder(model), files);
        }

        /** Itself, or DataFormatException where a file is in another folder: a mirror must not name those of other models. */
        public PinnedFiles requireIn(String folder) throws DataFormatException {
            for (Manifest.FileDigest file : files) {
                if (!file.path().startsWith(folder)) {
                    throw new DataFormatException(reference, file.path() + " is not in " + folder);
                }
            }
            return this;
        }

        /** The file of a path in a mirror. */
        public Optional<Manifest.FileDigest> file(String path) {
            return files.stream().filter(file -> file.path().equals(path)).findFirst();
        }

        public Manifest.FileDigest modelFile() {
            return file(model).orElseThrow();
        }
    }

    /** Where it is written what a reference means, in a mirror and in the home. */
    public static String path(ModelReference reference) {
        return FOLDER
                + Sha256.of(reference.identity().getBytes(StandardCharsets.UTF_8))
                        .hex() + ".json";
    }

    /** What a reference meant when it was fetched. */
    public Optional<PinnedFiles> find(ModelReference reference) {
        Path file = home.file(path(reference));
        return home.isBelieved(file) ? read(file) : Optional.empty();
    }

    public void keep(ModelReference reference, PinnedFiles meaning) throws IOException {
        Path file = home.file(path(reference));
        home.disk().createFolders(file.getParent());
        home.disk().writeText(file, Json.pretty(meaning));
    }

    /** All that were kept. */
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

    /** What a mirror says; empty where it says nothing, or a network is needed and not used. */
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
            LOG.warn("What the cache says of a reference is ignored: {}", IoErrors.of(e));
            return Optional.empty();
        }
    }

    /**
     * Forgets all but those of files that are in use.
     *
     * @param inUse whether a job that runs uses a file
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
