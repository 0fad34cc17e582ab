package dev.jzoo.zoo;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What lies in the home and no command would find again. */
record Garbage(Home home) {

    long collect() throws IOException {
        long bytes = home.forgetParts() + home.forgetQuarantined();
        home.sweep();
        Set<String> used = new HashSet<>();
        for (References.Meaning meaning : new References(home).all()) {
            meaning.files().forEach(file -> used.add(file.path()));
        }
        ModelsFolder models = ModelsFolder.in(home);
        Manifest pulled = models.manifest();
        Map<String, Manifest.Entry> newest = newest(pulled);
        newest.values().stream()
                .flatMap(entry -> entry.published().orElseThrow().files().stream())
                .forEach(file -> used.add(Home.MODELS + file.path()));
        for (CachedFile file : home.list()) {
            boolean ofModels = file.path().startsWith(Home.HUBS) || file.path().startsWith(Home.MODELS);
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
        return Versions.ASCENDING.compare(version(entry), version(than)) > 0;
    }

    private static String version(Manifest.Entry entry) {
        return entry.published().orElseThrow().card().version();
    }
}
