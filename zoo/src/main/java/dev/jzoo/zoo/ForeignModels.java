package dev.jzoo.zoo;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.ContentMismatchException;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.HuggingFace;
import dev.jzoo.zoo.hub.ModelHub;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.OnnxHub;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.hub.PinnedReferences.PinnedFiles;
import dev.jzoo.zoo.hub.WebFile;
import dev.jzoo.zoo.settings.Hubs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that others published: resolves references to their files and fetches them.
 *
 * @param brief a downloader with few retries, for servers that are optional
 */
record ForeignModels(Store store, HttpDownloader brief) {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignModels.class);

    /** Returns the model, and fetches its files if they are missing or damaged. Fails as {@link Zoo#fetch}. */
    FetchedModel fetch(ModelReference reference, Zoo.Trust trust, ProgressListener listener) throws IOException {
        ModelHub source = source(reference, trust);
        PinnedFiles meaning = meaning(reference, source, listener);
        Function<String, Path> files =
                store.fetcher().fetch(meaning.stored(store.home()), path -> places(source, path), listener);
        Manifest.FileDigest model = meaning.modelFile();
        return new FetchedModel(reference, files.apply(model.path()), model.sha256(), model.bytes(), Optional.empty());
    }

    private ModelHub source(ModelReference reference, Zoo.Trust trust) {
        Hubs hubs = store.settings().hubs();
        boolean offline = store.settings().offline();
        // If a mirror is set, the publisher's server is optional.
        HttpDownloader web =
                store.settings().mirrors().isEmpty() ? store.fetcher().web() : brief;
        if (reference instanceof ModelReference.InOnnxHub hub) {
            return new OnnxHub(hub, hubs.onnx(), web, offline);
        }
        if (reference instanceof ModelReference.InHuggingFace repository) {
            return new HuggingFace(repository, hubs, web, offline);
        }
        return new WebFile((ModelReference.OnWeb) reference, trust == Zoo.Trust.FIRST);
    }

    /**
     * Resolves a reference to its files. Uses the first that answers: a reference that always has the same meaning, the
     * publisher, the meaning recorded at the last fetch, a mirror. A mirror comes last: it serves bytes, and decides which bytes
     * are right only if no other source does.
     */
    private PinnedFiles meaning(ModelReference reference, ModelHub source, ProgressListener listener)
            throws IOException {
        PinnedReferences references = new PinnedReferences(store.home());
        Optional<PinnedFiles> before = references.find(reference).filter(meaning -> isAllowed(meaning, source));
        if (before.isPresent() && (source.isLasting() || store.settings().offline())) {
            return before.get();
        }
        PinnedFiles now;
        try {
            now = pinned(reference, source, before, listener);
        } catch (JZooException e) {
            if (e.code() != JZooException.Code.NETWORK) {
                throw e;
            }
            if (before.isPresent()) {
                LOG.warn(
                        "{} could not be checked at its source; the files downloaded before are used:" + " {}",
                        reference,
                        e.getMessage());
                return before.get();
            }
            now = mirrored(reference, source).orElseThrow(() -> e);
        }
        if (!before.equals(Optional.of(now))) {
            references.keep(reference, now);
        }
        return now;
    }

    /** Returns whether a recorded meaning has the reference's own files and the digest that the user wrote. */
    private static boolean isAllowed(PinnedFiles meaning, ModelHub source) {
        Optional<Sha256> required = source.requiredDigest();
        return meaning.model().startsWith(source.folder())
                && (required.isEmpty()
                        || required.get().equals(meaning.modelFile().sha256()));
    }

    private Optional<PinnedFiles> mirrored(ModelReference reference, ModelHub source) throws IOException {
        for (URI mirror : store.settings().mirrors()) {
            Location place = Location.below(mirror, PinnedReferences.path(reference));
            try {
                Optional<PinnedFiles> meaning =
                        PinnedReferences.read(place, brief, store.settings().offline());
                if (meaning.isPresent() && !isAllowed(meaning.get(), source)) {
                    throw new DataFormatException(
                            place.toString(), "it lists files that do not belong to the" + " reference.");
                }
                if (meaning.isPresent()) {
                    return meaning;
                }
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                LOG.warn("A mirror could not be used for {}: {}: {}", reference, place, IoErrors.of(e));
            }
        }
        return Optional.empty();
    }

    /** Resolves a reference at its publisher: the model, and the files that the model names as external weights. */
    private PinnedFiles pinned(
            ModelReference reference, ModelHub source, Optional<PinnedFiles> before, ProgressListener listener)
            throws IOException {
        ModelHub.Resolution resolution = source.resolve();
        PresentFile model = present(resolution.model(), source, before, listener);
        String folder = model.digest.path().substring(0, model.digest.path().lastIndexOf('/') + 1);
        List<Manifest.FileDigest> files = new ArrayList<>(List.of(model.digest));
        for (String name : ModelHub.weightFiles(reference.toString(), model.file)) {
            ModelHub.WantedFile wanted = resolution
                    .others()
                    .find(folder + name)
                    .orElseThrow(() -> new JZooException(
                            JZooException.Code.NOT_FOUND,
                            reference + " cannot be used: it has weights in '" + name + "', and its publisher has no"
                                    + " such file.",
                            "Name another file or revision, or report this to the publisher."));
            files.add(
                    wanted.digest().isPresent()
                            ? wanted.digest().get()
                            : present(wanted, source, before, listener).digest);
        }
        return new PinnedFiles(reference.toString(), model.digest.path(), files);
    }

    /** A file in the cache that was just checked. */
    private record PresentFile(Manifest.FileDigest digest, Path file) {}

    /** Returns the cached file if the publisher still has the same, and fetches it otherwise. */
    private PresentFile present(
            ModelHub.WantedFile wanted, ModelHub source, Optional<PinnedFiles> before, ProgressListener listener)
            throws IOException {
        Optional<PresentFile> there = there(wanted, before);
        if (there.isPresent()) {
            return there.get();
        }
        Manifest.FileDigest pinned =
                store.fetcher().pin(wanted.path(), wanted.check(), places(source, wanted.path()), listener);
        return new PresentFile(pinned, store.home().arrived(pinned.sha256()));
    }

    private Optional<PresentFile> there(ModelHub.WantedFile wanted, Optional<PinnedFiles> before) throws IOException {
        Optional<Manifest.FileDigest> known =
                wanted.digest().or(() -> before.flatMap(meaning -> meaning.file(wanted.path())));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Stream<PinnedFiles> models = Stream.concat(
                before.stream(),
                Stream.of(new PinnedFiles("", wanted.path(), List.of(known.get())))); // a model of one file
        List<String> paths = Stream.concat(
                        models.map(model -> model.stored(store.home()).path(wanted.path())), Stream.of(wanted.path()))
                .filter(store.home()::has)
                .distinct()
                .toList();
        for (String path : paths) {
            Path file = store.home().file(path);
            Sha256 found = Sha256.of(file);
            try {
                wanted.check().require(file, found);
                return Optional.of(
                        new PresentFile(new Manifest.FileDigest(wanted.path(), Files.size(file), found), file));
            } catch (ContentMismatchException e) {
                LOG.debug("{} differs from the publisher's current file", wanted.path());
            }
        }
        return Optional.empty();
    }

    private List<Location> places(ModelHub source, String path) {
        return Stream.concat(store.mirrored(path), source.places(path).stream()).toList();
    }
}
