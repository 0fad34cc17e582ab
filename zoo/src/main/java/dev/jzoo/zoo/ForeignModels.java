package dev.jzoo.zoo;

import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.HuggingFace;
import dev.jzoo.zoo.hub.ModelHub;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.OnnxHub;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.hub.WebFile;
import dev.jzoo.zoo.settings.Hubs;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that others published: what a reference to one means, and its files.
 *
 * @param brief asks mirrors, which need not answer
 */
record ForeignModels(Store store, HttpDownloader brief) {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignModels.class);

    /** The model, whose files are fetched unless they are there and intact. Fails as {@link Zoo#fetch}. */
    FetchedModel fetch(ModelReference reference, Zoo.Trust trust, ProgressListener listener) throws IOException {
        ModelHub source = source(reference, trust);
        Set<Manifest.FileDigest> fetched = new HashSet<>();
        PinnedReferences.PinnedFiles meaning = meaning(reference, source, fetched, listener);
        for (Manifest.FileDigest file : meaning.files()) {
            if (fetched.contains(file)) {
                continue; // for its digest, a moment ago
            }
            store.fetcher().fetch(file, places(source, file.path()), listener);
        }
        Manifest.FileDigest model = meaning.modelFile();
        return new FetchedModel(
                reference, store.home().file(model.path()), model.sha256(), model.bytes(), Optional.empty());
    }

    private ModelHub source(ModelReference reference, Zoo.Trust trust) {
        Hubs hubs = store.settings().hubs();
        boolean offline = store.settings().offline();
        HttpDownloader patient = store.fetcher().web();
        if (reference instanceof ModelReference.InOnnxHub hub) {
            return new OnnxHub(hub, hubs.onnx(), patient, offline);
        }
        if (reference instanceof ModelReference.InHuggingFace repository) {
            return new HuggingFace(repository, hubs, patient, offline);
        }
        return new WebFile((ModelReference.OnWeb) reference, trust == Zoo.Trust.FIRST);
    }

    /** What a reference means: what it always did, else what a mirror says, else its publisher, else what it meant at last. */
    private PinnedReferences.PinnedFiles meaning(
            ModelReference reference, ModelHub source, Set<Manifest.FileDigest> fetched, ProgressListener listener)
            throws IOException {
        PinnedReferences references = new PinnedReferences(store.home());
        Optional<PinnedReferences.PinnedFiles> before = references.find(reference);
        if (before.isPresent() && (source.isLasting() || store.settings().offline())) {
            return before.get();
        }
        PinnedReferences.PinnedFiles now;
        try {
            Optional<PinnedReferences.PinnedFiles> mirrored = mirrored(reference, source);
            now = mirrored.isPresent() ? mirrored.get() : pinned(reference, source, fetched, listener);
        } catch (JZooException e) {
            if (before.isEmpty() || e.code() != JZooException.Code.NETWORK) {
                throw e;
            }
            LOG.warn("{} is taken as it was fetched before: {}", reference, e.getMessage());
            return before.get();
        }
        if (!before.equals(Optional.of(now))) {
            references.keep(reference, now);
        }
        return now;
    }

    private Optional<PinnedReferences.PinnedFiles> mirrored(ModelReference reference, ModelHub source) {
        for (URI mirror : store.settings().mirrors()) {
            Location place = Location.below(mirror, PinnedReferences.path(reference));
            try {
                Optional<PinnedReferences.PinnedFiles> meaning =
                        PinnedReferences.read(place, brief, store.settings().offline());
                if (meaning.isPresent()) {
                    return Optional.of(meaning.get().requireIn(source.folder()));
                }
            } catch (IOException e) {
                LOG.warn("A mirror is not asked for {}: {}", reference, place + ": " + IoErrors.of(e));
            }
        }
        return Optional.empty();
    }

    /**
     * What its publisher says, with all digests; a file without one is fetched for it.
     *
     * @param fetched takes those files
     */
    private PinnedReferences.PinnedFiles pinned(
            ModelReference reference, ModelHub source, Set<Manifest.FileDigest> fetched, ProgressListener listener)
            throws IOException {
        ModelHub.Resolution resolution = source.resolve();
        List<Manifest.FileDigest> files = new ArrayList<>();
        for (ModelHub.WantedFile wanted : resolution.files()) {
            if (wanted.digest().isPresent()) {
                files.add(wanted.digest().get());
            } else {
                Manifest.FileDigest pinned =
                        store.fetcher().pin(wanted.path(), wanted.check(), places(source, wanted.path()), listener);
                files.add(pinned);
                fetched.add(pinned);
            }
        }
        return new PinnedReferences.PinnedFiles(reference.toString(), resolution.model(), files);
    }

    private List<Location> places(ModelHub source, String path) {
        return Stream.concat(store.mirrored(path), source.places(path).stream()).toList();
    }
}
