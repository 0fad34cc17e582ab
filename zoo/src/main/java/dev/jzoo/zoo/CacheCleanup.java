package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.catalogue.VersionOrder;
import dev.jzoo.zoo.hub.PinnedReferences;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deletion of cached files that are no longer needed. Spares files that running jobs use. */
record CacheCleanup(CacheDirectory home) {

    private static final Logger LOG = LoggerFactory.getLogger(CacheCleanup.class);

    /** Deletes the files that no command would find again. Returns the number of bytes freed. */
    long collect() throws IOException {
        return cleaned(removal -> {
            long bytes = removal.forgetParts() + removal.forgetQuarantined();
            removal.sweep();
            Manifest pulled = ModelsFolder.in(home).manifest();
            Map<String, Manifest.Entry> newest = newest(pulled);
            Set<String> meant = meant(newest);
            for (CachedFile file : home.list()) {
                boolean ofModels = file.path().startsWith(CacheDirectory.HUBS)
                        || file.path().startsWith(CacheDirectory.MODELS);
                if (ofModels && !meant.contains(file.path())) {
                    bytes += removal.forget(file);
                }
            }
            if (newest.size() < pulled.entries().size()) {
                ModelsFolder.in(home).keepOnly(newest::containsValue);
            }
            return bytes;
        });
    }

    /** Deletes everything that was fetched or computed. Returns the number of bytes freed. */
    long clear() throws IOException {
        return cleaned(removal -> {
            long bytes = removal.forgetParts() + removal.forgetQuarantined() + removal.forgetUnpacked();
            for (CachedFile file : home.list()) {
                bytes += removal.forget(file);
            }
            ModelsFolder.in(home)
                    .keepOnly(entry ->
                            removal.isUsed(CacheDirectory.MODELS + entry.file().path()));
            new PinnedReferences(home).forgetAll(removal::isUsed);
            return bytes + removal.forgetComputed();
        });
    }

    private long cleaned(CacheDirectory.Cleanup<Long> cleanup) throws IOException {
        return home.cleaned(removal -> {
            long bytes = cleanup.run(removal);
            if (removal.spared() > 0) {
                LOG.warn("{} files were kept because a running job uses them", removal.spared());
            }
            return bytes;
        });
    }

    /** Returns the cache paths of all files that a name or reference stands for, in this version's layout and in that of 0.1.0. */
    private Set<String> meant(Map<String, Manifest.Entry> newest) throws IOException {
        Set<String> meant = new HashSet<>();
        for (Manifest.Entry entry : newest.values()) {
            add(meant, StoredModel.of(home, entry));
        }
        for (PinnedReferences.PinnedFiles meaning : new PinnedReferences(home).all()) {
            add(meant, meaning.stored(home));
        }
        return meant;
    }

    private static void add(Set<String> paths, StoredModel model) {
        for (Manifest.FileDigest file : model.files()) {
            paths.add(model.path(file.path()));
            paths.add(file.path());
        }
    }

    private static Map<String, Manifest.Entry> newest(Manifest pulled) {
        Map<String, Manifest.Entry> newest = new HashMap<>();
        for (Manifest.Entry entry : pulled.entries()) {
            entry.published()
                    .ifPresent(
                            published -> newest.merge(published.card().id(), entry, (a, b) -> isNewer(b, a) ? b : a));
        }
        return newest;
    }

    private static boolean isNewer(Manifest.Entry entry, Manifest.Entry than) {
        return VersionOrder.ASCENDING.compare(version(entry), version(than)) > 0;
    }

    private static String version(Manifest.Entry entry) {
        return entry.published().orElseThrow().card().version();
    }
}
