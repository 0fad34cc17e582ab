package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.cache.TemporaryHome;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.catalogue.JarModels;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.PackedModels;
import dev.jzoo.zoo.catalogue.PublishableFolder;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.RetryPolicy;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.hub.PinnedReferences;
import dev.jzoo.zoo.publishing.Mirror;
import dev.jzoo.zoo.publishing.ModelJar;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The published models: those listed in this jar, those in {@code models/} of each mirror, and those pulled before. Safe for
 * use by several threads and processes at once.
 */
public final class Zoo {

    /** Whether a file is taken of whose bytes nobody says what they should be. */
    public enum Trust {
        /** It is refused. */
        NONE,
        /** It is taken the first time; from then on its digest is known and must be the same. */
        FIRST
    }

    private final Store store;
    private final List<JarModels> jars;
    private final HttpDownloader web;

    public Zoo(Store store, JarModels... jars) {
        this.store = store;
        this.jars = List.of(jars);
        this.web = new HttpDownloader(RetryPolicy.BRIEF);
    }

    /** The zoo that these settings see. */
    public static Zoo open(Settings settings) {
        return of(Store.open(settings));
    }

    /** The zoo that a store's settings see, which puts its files there. */
    public static Zoo of(Store store) {
        return new Zoo(store, JarModels.STANDARD, JarModels.onClassPath());
    }

    /** The zoo that the environment describes, see {@link Settings#standard()}. */
    public static Zoo standard() {
        return open(Settings.standard());
    }

    /**
     * The newest version of each model, sorted by name. A mirror that cannot be read is left out, with a warning in the
     * log.
     */
    public List<Listing> list() {
        return catalogue().newest();
    }

    /**
     * The models of {@link #list()} in which each word of a text occurs, in whatever case: in the name, title, summary,
     * task, tags, labels or data.
     */
    public List<Listing> search(String text) {
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return list().stream()
                .filter(listing -> {
                    String all = searched(listing.card());
                    return words.stream().allMatch(all::contains);
                })
                .toList();
    }

    /**
     * What is known of a model, without fetching it.
     *
     * @param name "mnist-logistic" for the newest version, or "mnist-logistic@1.0.0"
     * @throws JZooException NOT_FOUND, with the nearest names or the versions there are
     */
    public Listing show(String name) {
        return catalogue().find(name);
    }

    /**
     * The model on this disk, with every file of its folder; each is read to the end and compared with its digest, and
     * fetched if it is not there or not intact.
     *
     * @param name "mnist-logistic" for the newest version, or "mnist-logistic@1.0.0"
     * @param listener hears of each file that is fetched, by its path in a mirror
     * @throws JZooException NOT_FOUND, with the nearest names or the versions there are; INTEGRITY, NETWORK and FAILED as
     *     {@link Store#fetch}
     */
    public PublishedModel pull(String name, ProgressListener listener) throws IOException {
        Listing listing = show(name);
        PublishedModel pulled = pull(listing, jars, listener);
        if (pulled.folder().startsWith(store.home().root())) {
            list(listing.entry(), pulled);
        }
        return pulled;
    }

    /**
     * The model that a reference means, on this disk; each of its files is read to the end and compared with its digest, and
     * fetched if it is not there or not intact. A reference that was fetched before is found again without a network.
     *
     * @param listener hears of each file that is fetched, by its path in a mirror
     * @throws JZooException NOT_FOUND, with what there is; INTEGRITY also where nobody has a digest and it is not trusted;
     *     NETWORK and FAILED as {@link Store#fetch}
     */
    public FetchedModel fetch(ModelReference reference, Trust trust, ProgressListener listener) throws IOException {
        if (reference instanceof ModelReference.InZoo model) {
            return FetchedModel.of(model, pull(model.toString(), listener));
        }
        if (reference instanceof ModelReference.InMaven artifact) {
            return new MavenJar(artifact, store).pull(this, listener);
        }
        return new ForeignModels(store, web).fetch(reference, trust, listener);
    }

    /** As {@link #fetch(ModelReference, Trust, ProgressListener)}, of what {@link ModelReference#parse} reads, with no trust. */
    public FetchedModel fetch(String reference, ProgressListener listener) throws IOException {
        return fetch(ModelReference.parse(reference), Trust.NONE, listener);
    }

    /**
     * Copies models into a folder that can be named in {@value Settings#MIRROR}, here or where there is no network; each is
     * fetched first. What is there and intact is left as it is.
     *
     * @param references of models of JZoo's own catalogue, of the ONNX Hub, of Hugging Face, or on the web
     * @param folder created if need be
     * @throws JZooException as {@link #fetch(ModelReference, Trust, ProgressListener)}; FAILED where the folder cannot be written
     */
    public void mirror(List<ModelReference> references, Path folder, ProgressListener listener) throws IOException {
        Mirror mirror = Mirror.at(folder);
        for (ModelReference reference : references) {
            if (reference instanceof ModelReference.InMaven) {
                throw new IllegalArgumentException(
                        reference + " is mirrored by a repository manager, or by copying the jar.");
            }
            FetchedModel fetched = fetch(reference, Trust.NONE, listener);
            if (fetched.published().isPresent()) {
                mirror.add(show(reference.toString()).entry().withoutArchive(), store.home());
            } else {
                mirror.add(
                        reference,
                        new PinnedReferences(store.home()).find(reference).orElseThrow(),
                        store.home());
            }
        }
    }

    /**
     * Packs models into a jar, in a folder with the layout of a Maven repository; each is fetched first. An application that
     * has the jar on its class path finds the models by their names.
     *
     * @param names "mnist-logistic", or "mnist-logistic@1.0.0"
     * @param coordinates of the jar, whose id is not used
     * @param repository folder of the repository, created if need be
     * @return the jar; its POM and digests are beside it
     */
    public Path pack(List<String> names, ModelReference.InMaven coordinates, Path repository, ProgressListener listener)
            throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (String name : names) {
            pull(name, listener);
            entries.add(show(name).entry());
        }
        return ModelJar.write(repository, coordinates, entries, store.home());
    }

    /** The model of a listing, whose files may also be in some jars. Those need no home that can be written. */
    PublishedModel pull(Listing listing, List<? extends PackedModels> inJars, ProgressListener listener)
            throws IOException {
        try {
            return pull(listing, inJars, store.home(), store.fetcher(), listener);
        } catch (JZooException e) {
            boolean inJar = listing.entry().published().orElseThrow().files().stream()
                    .allMatch(file -> inJars.stream().anyMatch(jar -> jar.has(file.path())));
            if (e.code() != JZooException.Code.FAILED || !inJar) {
                throw e;
            }
            CacheDirectory temporary = TemporaryHome.get();
            return pull(listing, inJars, temporary, new Fetcher(temporary, web, true), listener);
        }
    }

    private PublishedModel pull(
            Listing listing,
            List<? extends PackedModels> inJars,
            CacheDirectory home,
            Fetcher fetcher,
            ProgressListener listener)
            throws IOException {
        StoredModel stored = StoredModel.of(home, listing.entry());
        Function<String, Path> files = fetcher.fetch(stored, path -> places(path, inJars), listener);
        Path model = files.apply(CacheDirectory.MODELS + listing.entry().file().path());
        ModelCard card = CardPage.read(model.resolveSibling(PublishableFolder.README));
        return new PublishedModel(card, model.getParent(), model, listing.sha256(), listing.bytes());
    }

    /** Writes down what was pulled of the catalogue, so that it is found again without its mirror. */
    private void list(Manifest.Entry entry, PublishedModel pulled) throws IOException {
        ModelsFolder models = ModelsFolder.in(store.home());
        if (models.manifest()
                .find(pulled.id(), pulled.version())
                .filter(entry::equals)
                .isEmpty()) {
            models.locked(() -> {
                models.list(entry);
                return pulled;
            });
        }
    }

    /** Where a file of a model may come from, given its path in a mirror. */
    private List<Location> places(String path, List<? extends PackedModels> inJars) {
        String inManifest = path.substring(CacheDirectory.MODELS.length());
        Stream<Location> packed =
                inJars.stream().filter(jar -> jar.has(inManifest)).map(jar -> jar.place(inManifest));
        Stream<Location> elsewhere = Stream.concat(
                store.mirrored(path), store.settings().zoos().stream().map(zoo -> Location.below(zoo, path)));
        return Stream.concat(packed, elsewhere).toList();
    }

    private Catalogue catalogue() {
        try {
            return Catalogue.read(jars, store, web);
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new JZooException(
                    JZooException.Code.FAILED,
                    "The list of models in JZoo's own jar cannot be read: " + e.getMessage(),
                    "Build or install the jar anew.",
                    e);
        }
    }

    private static String searched(ModelCard card) {
        return String.join(
                        " ",
                        card.id(),
                        card.title(),
                        card.summary(),
                        card.task().id(),
                        String.join(" ", card.tags()),
                        String.join(" ", card.labels()),
                        String.join(
                                " ",
                                card.data().stream().map(ModelCard.Data::name).toList()))
                .toLowerCase(Locale.ROOT);
    }
}
