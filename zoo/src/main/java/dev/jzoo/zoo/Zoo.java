package dev.jzoo.zoo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The published models: those listed in this jar, those in {@code models/} of each mirror, and those pulled before. Safe for
 * use by several threads and processes at once.
 */
public final class Zoo {

    private final Store store;
    private final JarModels jar;
    private final Web web;

    Zoo(Store store, JarModels jar) {
        this.store = store;
        this.jar = jar;
        this.web = new Web(Patience.BRIEF);
    }

    /** The zoo that these settings see. */
    public static Zoo open(Settings settings) {
        return of(Store.open(settings));
    }

    /** The zoo that a store's settings see, which puts its files there. */
    public static Zoo of(Store store) {
        return new Zoo(store, JarModels.STANDARD);
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
        Manifest.Published published = listing.entry().published().orElseThrow();
        for (Manifest.FileDigest file : published.files()) {
            fetch(file, listener);
        }
        Path model = store.home().file(Home.MODELS + listing.entry().file().path());
        ModelsFolder pulled = ModelsFolder.in(store.home());
        if (pulled.manifest()
                .find(listing.id(), listing.version())
                .filter(listing.entry()::equals)
                .isEmpty()) {
            pulled.locked(() -> {
                pulled.list(listing.entry());
                return model;
            });
        }
        ModelCard card = CardPage.read(model.resolveSibling(PublishableFolder.README));
        return new PublishedModel(card, model.getParent(), model, listing.sha256(), listing.bytes());
    }

    private void fetch(Manifest.FileDigest file, ProgressListener listener) throws IOException {
        String path = Home.MODELS + file.path();
        Resource resource = new Resource(path, List.of(), Encoding.IDENTITY, file.bytes(), file.sha256());
        List<Place> places = new ArrayList<>();
        if (jar.has(file.path())) {
            places.add(jar.place(file.path()));
        }
        Settings settings = store.settings();
        Stream.concat(settings.mirrors().stream(), settings.zoos().stream())
                .forEach(address -> places.add(Place.below(address, path)));
        store.fetcher().fetch(resource, path, places, listener);
    }

    private Catalogue catalogue() {
        try {
            return Catalogue.read(jar, store, web);
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
