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
import dev.jzoo.zoo.file.Disk;
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
 * The published models: those listed in this jar, those in {@code models/} of each mirror, and those pulled before. Several
 * threads and processes may use it at the same time.
 */
public final class Zoo {

    /** The decision whether to accept a file whose publisher gives no digest. */
    public enum Trust {
        /** Rejects the file. */
        NONE,
        /** Accepts the file the first time. Its digest is recorded, and later fetches must match it. */
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

    /** Opens the zoo with these settings. */
    public static Zoo open(Settings settings) {
        return of(Store.open(settings));
    }

    /** Opens the zoo with a store's settings, which keeps its files in that store. */
    public static Zoo of(Store store) {
        return new Zoo(store, JarModels.STANDARD, JarModels.onClassPath());
    }

    /** Opens the zoo that the environment configures, see {@link Settings#standard()}. */
    public static Zoo standard() {
        return open(Settings.standard());
    }

    /** Returns the newest version of each model, sorted by name. Leaves out an unreadable mirror, with a warning in the log. */
    public List<Listing> list() {
        return catalogue().newest();
    }

    /**
     * Returns the models of {@link #list()} that contain each word of a text in their name, title, summary, task, tags, labels or
     * data. Ignores case.
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
     * Returns the listing of a model, without fetching the model.
     *
     * @param name "mnist-logistic" for the newest version, or "mnist-logistic@1.0.0"
     * @throws JZooException NOT_FOUND, with the nearest names or the available versions
     */
    public Listing show(String name) {
        return catalogue().find(name);
    }

    /**
     * Returns a model on this disk, with every file of its folder. Each file is read to the end and compared with its digest, and
     * is fetched if it is missing or damaged.
     *
     * @param name "mnist-logistic" for the newest version, or "mnist-logistic@1.0.0"
     * @param listener notified of each file that is fetched, by its path in a mirror
     * @throws JZooException NOT_FOUND, with the nearest names or the available versions; INTEGRITY, NETWORK and FAILED as
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
     * Returns the model that a reference stands for, on this disk. Each of its files is read to the end and compared with its
     * digest, and is fetched if it is missing or damaged. A reference that was fetched before is found again without a network.
     *
     * @param listener notified of each file that is fetched, by its path in a mirror
     * @throws JZooException NOT_FOUND, with the available names; INTEGRITY as {@link Store#fetch}, and if there is no digest and
     *     the file is not trusted; NETWORK and FAILED as {@link Store#fetch}
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

    /**
     * Returns the model that a text stands for, as {@link #fetch(ModelReference, Trust, ProgressListener)} does with
     * {@link Trust#NONE}. {@link ModelReference#parse} reads the text.
     */
    public FetchedModel fetch(String reference, ProgressListener listener) throws IOException {
        return fetch(ModelReference.parse(reference), Trust.NONE, listener);
    }

    /**
     * Copies models into a folder that {@value Settings#MIRROR} can name, on this machine or on one without a network. Each model
     * is fetched first. Intact files in the folder stay unchanged.
     *
     * @param references references to models of JZoo's own catalogue, of the ONNX Hub, of Hugging Face, or on the web
     * @param folder created if it does not exist
     * @throws JZooException as {@link #fetch(ModelReference, Trust, ProgressListener)}; FAILED if the folder cannot be written
     */
    public void mirror(List<ModelReference> references, Path folder, ProgressListener listener) throws IOException {
        Mirror mirror = Mirror.at(folder);
        for (ModelReference reference : references) {
            if (reference instanceof ModelReference.InMaven) {
                throw new IllegalArgumentException(
                        reference + " cannot be mirrored: it is in a Maven repository. Use a repository manager, or"
                                + " copy the jar.");
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
     * Packs models into a jar, in a folder with the layout of a Maven repository. Each model is fetched first. An application
     * with the jar on its class path finds the models by their names.
     *
     * @param names "mnist-logistic", or "mnist-logistic@1.0.0"
     * @param coordinates coordinates of the jar; their id is not used
     * @param repository folder of the repository, created if it does not exist
     * @return the jar; its POM and digests are next to it
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

    /** Returns the model of a listing. If its files are in one of the jars, the cache need not be writable. */
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
        return new PublishedModel(card, Disk.folderOf(model), model, listing.sha256(), listing.bytes());
    }

    /** Lists a pulled model in the cache, so that it is found again without its mirror. */
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

    /** Returns the locations to try for a file of a model, given its path in a mirror. */
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
                    "Build or install the jar again.",
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
