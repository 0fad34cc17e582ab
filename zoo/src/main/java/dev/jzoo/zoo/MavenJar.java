package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PackedModels;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.catalogue.ZipModels;
import dev.jzoo.zoo.download.ContentMismatchException;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.settings.Hubs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A jar of a Maven repository that has models in {@code META-INF/jzoo/}, with the manifest that lists them. */
record MavenJar(ModelReference.InMaven reference, Store store) {

    private static final String FOLDER = CacheDirectory.HUBS + "mvn/";
    private static final int LONGEST_DIGEST = 1 << 10;

    /** Returns the model that the reference stands for, copied into the cache. */
    FetchedModel pull(Zoo zoo, ProgressListener listener) throws IOException {
        ZipModels models = new ZipModels(obtained(listener), reference.toString());
        return FetchedModel.of(reference, zoo.pull(chosen(models.manifest()), List.of(models), listener));
    }

    /** Returns the jar: a local one in place, one from the web as a copy in the cache. */
    private Path obtained(ProgressListener listener) throws IOException {
        List<String> tried = new ArrayList<>();
        for (URI repository : store.settings().hubs().maven()) {
            Location place = Location.below(repository, reference.path());
            if (place instanceof Location.FileLocation local) {
                if (Files.isRegularFile(local.file())) {
                    return checked(local, tried);
                }
                tried.add(place + ": no such file");
            } else {
                Optional<Path> downloaded = downloaded((Location.WebLocation) place, tried, listener);
                if (downloaded.isPresent()) {
                    return downloaded.get();
                }
            }
        }
        throw new JZooException(
                JZooException.Code.NOT_FOUND,
                reference + " was not found in these repositories:"
                        + tried.stream().map(line -> "\n  " + line).collect(Collectors.joining()),
                "Get it with 'mvn dependency:get -Dartifact=" + reference.group() + ":" + reference.artifact() + ":"
                        + reference.version() + "', or set the repositories in " + Hubs.MAVEN + ".");
    }

    /** Checks a local jar against the digest file next to it, if there is one. */
    private Path checked(Location.FileLocation jar, List<String> tried) throws IOException {
        Optional<FileCheck> check = publishedDigest(jar, tried);
        if (check.isPresent()) {
            try {
                check.get().require(jar.file(), Sha256.of(jar.file()));
            } catch (ContentMismatchException e) {
                throw new JZooException(
                        JZooException.Code.INTEGRITY,
                        reference + " is damaged: " + jar + " " + e.getMessage(),
                        "Delete the jar and its digest files, and download it again.");
            }
        }
        return jar.file();
    }

    private Optional<Path> downloaded(Location.WebLocation place, List<String> tried, ProgressListener listener)
            throws IOException {
        String path = FOLDER + reference.path();
        PinnedReferences references = new PinnedReferences(store.home());
        Optional<PinnedReferences.PinnedFiles> before =
                references.find(reference).filter(meaning -> meaning.model().equals(path));
        if (before.isEmpty()) {
            Optional<FileCheck> check = store.settings().offline() ? Optional.empty() : publishedDigest(place, tried);
            if (check.isEmpty()) {
                return Optional.empty();
            }
            Manifest.FileDigest jar = store.fetcher().pin(path, check.get(), List.of(place), listener);
            before = Optional.of(new PinnedReferences.PinnedFiles(reference.toString(), path, List.of(jar)));
            references.keep(reference, before.get());
        }
        StoredModel stored = before.get().stored(store.home());
        return Optional.of(
                store.fetcher().fetch(stored, file -> List.of(place), listener).apply(path));
    }

    /** Reads the jar's digest from the file next to it in the repository. */
    private Optional<FileCheck> publishedDigest(Location jar, List<String> tried) throws IOException {
        try {
            Optional<String> sha256 = digestText(jar, ".sha256");
            if (sha256.isPresent()) {
                return Optional.of(FileCheck.sha256(new Sha256(sha256.get())));
            }
            Optional<String> sha1 = digestText(jar, ".sha1");
            if (sha1.isPresent()) {
                return Optional.of(FileCheck.sha1(sha1.get()));
            }
            tried.add(jar + ": neither the jar nor its digest was found");
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            tried.add(jar + ": " + IoErrors.of(e));
        } catch (IllegalArgumentException e) {
            throw new DataFormatException(jar + ".sha256 or .sha1", String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Returns the first word of the jar's digest file with the given ending. */
    private Optional<String> digestText(Location jar, String ending) throws IOException {
        Location place = jar instanceof Location.WebLocation web
                ? Location.at(URI.create(web.uri() + ending))
                : new Location.FileLocation(Path.of(((Location.FileLocation) jar).file() + ending));
        return store.fetcher()
                .web()
                .text(place, LONGEST_DIGEST, store.settings().offline())
                .map(text -> text.strip().split("\\s", 2)[0]);
    }

    private Listing chosen(Manifest manifest) {
        String[] asked = reference.id().split("@", 2);
        List<Listing> all = manifest.entries().stream()
                .filter(entry -> entry.published().isPresent())
                .map(entry -> new Listing(entry.published().get().card(), entry, reference.toString()))
                .toList();
        List<Listing> meant = all.stream()
                .filter(listing -> asked[0].isEmpty() || listing.id().equals(asked[0]))
                .filter(listing -> asked.length == 1 || listing.version().equals(asked[1]))
                .toList();
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String names = all.stream()
                .map(listing -> listing.id() + "@" + listing.version())
                .collect(Collectors.joining(", "));
        throw new JZooException(
                JZooException.Code.NOT_FOUND,
                all.isEmpty()
                        ? reference + " has no models: the jar does not contain"
                                + " " + PackedModels.PACKED + Manifest.FILE_NAME
                                + "."
                        : meant.isEmpty()
                                ? reference + " has no model of that name."
                                : reference + " has " + meant.size() + " matching models.",
                all.isEmpty()
                        ? "Make a jar of models with 'jzoo pack --maven'."
                        : "Add the model's name to the coordinates:"
                                + " " + reference.group() + ":" + reference.artifact() + ":"
                                + reference.version() + "/" + all.get(0).id() + ". Available models: " + names + ".");
    }
}
