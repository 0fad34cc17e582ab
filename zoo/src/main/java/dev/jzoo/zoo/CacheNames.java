package dev.jzoo.zoo;

import dev.jzoo.zoo.cache.CacheDirectory;
import dev.jzoo.zoo.cache.CachedFile;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.StoredModel;
import dev.jzoo.zoo.hub.PinnedReferences;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that users know for cached files: a model's name and version, a reference, or a data set. */
final class CacheNames {

    private static final Pattern MODEL = Pattern.compile(CacheDirectory.MODELS + "([^/]+)/([^/]+)/.*");
    private static final Pattern DATA = Pattern.compile("(" + CacheDirectory.DATA + "[^/]+)/.*");

    private final Map<String, String> references = new HashMap<>();

    private CacheNames() {}

    static CacheNames of(CacheDirectory home) throws IOException {
        CacheNames names = new CacheNames();
        for (PinnedReferences.PinnedFiles meaning : new PinnedReferences(home).all()) {
            StoredModel stored = meaning.stored(home);
            for (Manifest.FileDigest file : meaning.files()) {
                names.references.put(file.path(), meaning.reference());
                names.references.put(stored.path(file.path()), meaning.reference());
            }
        }
        return names;
    }

    /** Returns "mnist-logistic@1.0.0", "hf:owner/name" or "data/mnist", or the file's path if no name or reference stands for it. */
    String of(CachedFile file) {
        Matcher model = MODEL.matcher(file.path());
        if (model.matches()) {
            return model.group(1) + "@" + model.group(2);
        }
        Matcher data = DATA.matcher(file.path());
        return data.matches() ? data.group(1) : references.getOrDefault(file.path(), file.path());
    }
}
