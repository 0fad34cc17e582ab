package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.ModelsFolder;
import dev.jzoo.zoo.catalogue.VersionOrder;
import dev.jzoo.zoo.hub.PinnedReferences;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What lies in the home and no command would find again. */
record CacheCleanup(CacheDirectory home) {

    long collect() throws IOException {
        long bytes = home.forgetParts() + home.forgetQuarantined();
        home.sweep();
        Set<String> used = new HashSet<>();
        for (PinnedReferences.PinnedFiles meaning : new PinnedReferences(home).all()) {
            meaning.files().forEach(file -> used.add(file.path()));
        }
        ModelsFolder models = ModelsFolder.in(home);
        Manifest pulled = models.manifest();
        Map<String, Manifest.Entry> newest = newest(pulled);
        newest.values().stream()
                .flatMap(entry -> entry.published().orElseThrow().files().stream())
                .forEach(file -> used.add(CacheDirectory.MODELS + file.path()));
        for (CachedFile file : home.list()) {
            boolean ofModels =
                    file.path().startsWith(CacheDirectory.HUBS) || file.path().startsWith(CacheDirectory.MODELS);
            if (ofModels && !used.contains(file.path())) {
                bytes += home.forget(file);
            }
        }
        if (newest.size() < pulled.entries().size()) {
            models.locked(() -> {
                models.keepOnly(newest.values());
                return models.root();
            });
        }
        return bytes;
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
