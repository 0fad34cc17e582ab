package dev.jzoo.zoo;

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
record ForeignModels(Store store, Web brief) {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignModels.class);

    /** The model, whose files are fetched unless they are there and intact. Fails as {@link Zoo#fetch}. */
    FetchedModel fetch(ModelReference reference, Zoo.Trust trust, ProgressListener listener) throws IOException {
        Source source = source(reference, trust);
        Set<Manifest.FileDigest> fetched = new HashSet<>();
        References.Meaning meaning = meaning(reference, source, fetched, listener);
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

    private Source source(ModelReference reference, Zoo.Trust trust) {
        Hubs hubs = store.settings().hubs();
        boolean offline = store.settings().offline();
        Web patient = store.fetcher().web();
        if (reference instanceof ModelReference.InOnnxHub hub) {
            return new OnnxHub(hub, hubs.onnx(), patient, offline);
        }
        if (reference instanceof ModelReference.InHuggingFace repository) {
            return new HuggingFace(repository, hubs, patient, offline);
        }
        return new WebFile((ModelReference.OnWeb) reference, trust == Zoo.Trust.FIRST);
    }

    /** What a reference means: what it always did, else what a mirror says, else its publisher, else what it meant at last. */
    private References.Meaning meaning(
            ModelReference reference, Source source, Set<Manifest.FileDigest> fetched, ProgressListener listener)
            throws IOException {
        References references = new References(store.home());
        Optional<References.Meaning> before = references.find(reference);
        if (before.isPresent() && (source.isLasting() || store.settings().offline())) {
            return before.get();
        }
        References.Meaning now;
        try {
            Optional<References.Meaning> mirrored = mirrored(reference, source);
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

    private Optional<References.Meaning> mirrored(ModelReference reference, Source source) {
        for (URI mirror : store.settings().mirrors()) {
            Place place = Place.below(mirror, References.path(reference));
            try {
                Optional<References.Meaning> meaning =
                        References.read(place, brief, store.settings().offline());
                if (meaning.isPresent()) {
                    return Optional.of(meaning.get().requireIn(source.folder()));
                }
            } catch (IOException e) {
                LOG.warn("A mirror is not asked for {}: {}", reference, place + ": " + Reason.of(e));
            }
        }
        return Optional.empty();
    }

    /**
     * What its publisher says, with all digests; a file without one is fetched for it.
     *
     * @param fetched takes those files
     */
    private References.Meaning pinned(
            ModelReference reference, Source source, Set<Manifest.FileDigest> fetched, ProgressListener listener)
            throws IOException {
        Source.Resolution resolution = source.resolve();
        List<Manifest.FileDigest> files = new ArrayList<>();
        for (Source.Wanted wanted : resolution.files()) {
            if (wanted.digest().isPresent()) {
                files.add(wanted.digest().get());
            } else {
                Manifest.FileDigest pinned =
                        store.fetcher().pin(wanted.path(), wanted.check(), places(source, wanted.path()), listener);
                files.add(pinned);
                fetched.add(pinned);
            }
        }
        return new References.Meaning(reference.toString(), resolution.model(), files);
    }

    private List<Place> places(Source source, String path) {
        return Stream.concat(store.mirrored(path), source.places(path).stream()).toList();
    }
}
