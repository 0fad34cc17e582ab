package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.catalogue.JarModels;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.catalogue.VersionOrder;
import dev.jzoo.zoo.download.HttpDownloader;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.IoErrors;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.NearestNames;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models listed in the jar, the mirrors and the cache. If several sources list the same version, the jar's digests count,
 * then those of the first mirror: files shipped with the program are trusted more than files from elsewhere.
 */
final class Catalogue {

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    /** The order of models: by name, newest version first. */
    private static final Comparator<Listing> ORDER =
            Comparator.comparing(Listing::id).thenComparing(Listing::version, VersionOrder.ASCENDING.reversed());

    private final List<Listing> all;
    private final List<String> unread;

    private Catalogue(List<Listing> all, List<String> unread) {
        this.all = all;
        this.unread = unread;
    }

    static Catalogue read(List<JarModels> jars, Store store, HttpDownloader web) throws IOException {
        Map<String, Listing> byVersion = new LinkedHashMap<>();
        List<String> unread = new ArrayList<>();
        for (JarModels jar : jars) {
            try {
                add(byVersion, jar.manifest(), jar.origin());
            } catch (DataFormatException e) {
                if (jar.equals(JarModels.STANDARD)) {
                    throw e;
                }
                LOG.warn("The models of a jar are left out: {}", e.getMessage());
                unread.add(e.getMessage());
            }
        }
        Set<String> fromJars = Set.copyOf(byVersion.keySet());
        for (URI mirror : store.settings().mirrors()) {
            Location place = Location.below(mirror, CacheDirectory.MODELS + Manifest.FILE_NAME);
            try {
                Manifest.read(place, web, store.settings().offline())
                        .ifPresent(manifest -> add(byVersion, manifest, place.toString()));
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                String why = e instanceof DataFormatException ? e.getMessage() : place + ": " + IoErrors.of(e);
                LOG.warn("The models of a mirror are left out: {}", why);
                unread.add(why);
            }
        }
        pulled(store.home()).entries().forEach(entry -> addPulled(byVersion, entry, fromJars));
        return new Catalogue(byVersion.values().stream().sorted(ORDER).toList(), unread);
    }

    /** Returns the models that were pulled before and are still in the cache, so that they are found without their mirror. */
    private static Manifest pulled(CacheDirectory home) throws InterruptedIOException {
        ModelsFolder folder = ModelsFolder.in(home);
        try {
            return new Manifest(folder.manifest().entries().stream()
                    .filter(entry -> entry.published().isPresent())
                    .filter(entry -> StoredModel.of(home, entry)
                            .has(CacheDirectory.MODELS + entry.file().path()))
                    .toList());
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("The cache's list of models is ignored: {}", IoErrors.of(e));
            return new Manifest(List.of());
        }
    }

    private static void add(Map<String, Listing> byVersion, Manifest manifest, String origin) {
        manifest.entries().forEach(entry -> add(byVersion, entry, origin));
    }

    private static void add(Map<String, Listing> byVersion, Manifest.Entry entry, String origin) {
        entry.published().ifPresent(published -> {
            Listing listing = new Listing(published.card(), entry, origin);
            Listing known = byVersion.putIfAbsent(listing.id() + "@" + listing.version(), listing);
            if (known != null && !known.sha256().equals(listing.sha256())) {
                LOG.warn(
                        "The digest of {} {} in {} differs from the one in {}; the latter is used",
                        listing.id(),
                        listing.version(),
                        origin,
                        known.origin());
            }
        });
    }

    /**
     * Adds a model that was pulled before. It takes precedence over a mirror that now lists other files for the same version,
     * because a published version never changes.
     */
    private static void addPulled(Map<String, Listing> byVersion, Manifest.Entry entry, Set<String> fromJars) {
        Listing pulled = new Listing(entry.published().orElseThrow().card(), entry, "the cache");
        String version = pulled.id() + "@" + pulled.version();
        Listing known = byVersion.putIfAbsent(version, pulled);
        if (known != null
                && !fromJars.contains(version)
                && !known.entry().published().equals(entry.published())) {
            LOG.warn(
                    "The files of {} {} in {} differ from those pulled before, which are used; 'cache clear' deletes"
                            + " them",
                    pulled.id(),
                    pulled.version(),
                    known.origin());
            byVersion.put(version, pulled);
        }
    }

    /** Returns the newest version of each model, sorted by name. */
    List<Listing> newest() {
        Map<String, Listing> newest = new LinkedHashMap<>();
        all.forEach(listing -> newest.putIfAbsent(listing.id(), listing));
        return List.copyOf(newest.values());
    }

    /** Returns the newest version of a model, or the version named after an '@'. */
    Listing find(String name) {
        String id = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        String version = name.contains("@") ? name.substring(name.indexOf('@') + 1) : "";
        List<Listing> versions =
                all.stream().filter(listing -> listing.id().equals(id)).toList();
        return versions.stream()
                .filter(listing -> version.isEmpty() || listing.version().equals(version))
                .findFirst()
                .orElseThrow(() -> versions.isEmpty() ? noModel(id) : noVersion(id, version, versions));
    }

    private JZooException noModel(String id) {
        TreeSet<String> ids = all.stream().map(Listing::id).collect(Collectors.toCollection(TreeSet::new));
        List<String> near = NearestNames.to(id, ids);
        String hint = !near.isEmpty()
                ? "Did you mean " + String.join(" or ", near) + "?"
                : ids.isEmpty()
                        ? "The zoo is empty. To add models, name a folder that has"
                                + " models/" + Manifest.FILE_NAME + " in "
                                + Settings.MIRROR + "."
                        : "Available models: " + String.join(", ", ids) + ".";
        return notFound("There is no model '" + id + "'.", hint);
    }

    private JZooException noVersion(String id, String version, List<Listing> versions) {
        return notFound(
                "There is no version '" + version + "' of " + id + ".",
                "Available versions: " + versions.stream().map(Listing::version).collect(Collectors.joining(", "))
                        + ".");
    }

    private JZooException notFound(String message, String hint) {
        String missing =
                unread.isEmpty() ? "" : " These lists of models could not be read: " + String.join("; ", unread);
        return new JZooException(JZooException.Code.NOT_FOUND, message + missing, hint);
    }
}
