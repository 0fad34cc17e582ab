package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.JarModels;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.FileCheck;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.settings.Hubs;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A jar of a Maven repository that has models below {@code META-INF/jzoo/}, with the manifest that lists them. */
record MavenJar(ModelReference.InMaven reference, Store store) {

    private static final String FOLDER = CacheDirectory.HUBS + "mvn/";
    private static final int LONGEST_DIGEST = 1 << 10;

    /** The model in it that the reference means, in the home. */
    FetchedModel pull(Zoo zoo, ProgressListener listener) throws IOException {
        Path jar = obtained(listener);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            JarModels models = new JarModels(loader, JarModels.PACKED, reference.toString());
            return FetchedModel.of(reference, zoo.pull(chosen(jar, models.manifest()), List.of(models), listener));
        }
    }

    /** The jar: one on this disk where it lies, one of the web in the home. */
    private Path obtained(ProgressListener listener) throws IOException {
        List<String> tried = new ArrayList<>();
        for (URI repository : store.settings().hubs().maven()) {
            Location place = Location.below(repository, reference.path());
            if (place instanceof Location.FileLocation local) {
                if (Files.isRegularFile(local.file())) {
                    return local.file();
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
                reference + " was not found:"
                        + tried.stream().map(line -> "\n  " + line).collect(Collectors.joining()),
                "Fetch it with 'mvn dependency:get -Dartifact=" + reference.group() + ":" + reference.artifact() + ":"
                        + reference.version() + "', or name repositories in " + Hubs.MAVEN + ".");
    }

    private Optional<Path> downloaded(Location.WebLocation place, List<String> tried, ProgressListener listener)
            throws IOException {
        String path = FOLDER + reference.path();
        PinnedReferences references = new PinnedReferences(store.home());
        Optional<PinnedReferences.PinnedFiles> before = references.find(reference);
        if (before.isEmpty()) {
            Optional<FileCheck> check = store.settings().offline() ? Optional.empty() : publishedDigest(place, tried);
            if (check.isEmpty()) {
                return Optional.empty();
            }
            Manifest.FileDigest jar = store.fetcher().pin(path, check.get(), List.of(place), listener);
            references.keep(reference, new PinnedReferences.PinnedFiles(reference.toString(), path, List.of(jar)));
            return Optional.of(store.home().file(path));
        }
        return Optional.of(store.fetcher().fetch(before.get().modelFile(), List.of(place), listener));
    }

    /** What the repository says of the jar, in the files beside it. */
    private Optional<FileCheck> publishedDigest(Location.WebLocation jar, List<String> tried) {
        try {
            Optional<String> sha256 = beside(jar, ".sha256");
            if (sha256.isPresent()) {
                return Optional.of(FileCheck.sha256(new Sha256(sha256.get())));
            }
            Optional<String> sha1 = beside(jar, ".sha1");
            if (sha1.isPresent()) {
                return Optional.of(FileCheck.sha1(sha1.get()));
            }
            tried.add(jar + ": neither it nor a digest of it");
        } catch (IOException e) {
            tried.add(jar + ": " + IoErrors.of(e));
        }
        return Optional.empty();
    }

    /** The first word of such a file. */
    private Optional<String> beside(Location.WebLocation jar, String ending) throws IOException {
        URI address = URI.create(jar.uri() + ending);
        return store.fetcher()
                .web()
                .text(new Location.WebLocation(address), LONGEST_DIGEST)
                .map(text -> text.strip().split("\\s", 2)[0]);
    }

    private Listing chosen(Path jar, Manifest manifest) {
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
                        ? jar + " has no models: there is no " + JarModels.PACKED + Manifest.FILE_NAME + " in it."
                        : meant.isEmpty()
                                ? jar + " has no model '" + reference.id() + "'."
                                : jar + " has " + meant.size() + " models that could be meant.",
                all.isEmpty()
                        ? "Such a jar is made by 'jzoo pack --maven'."
                        : "Name one behind the coordinates: " + reference.group() + ":" + reference.artifact() + ":"
                                + reference.version() + "/" + all.get(0).id() + ". There are " + names + ".");
    }
}
