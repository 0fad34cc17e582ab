package dev.jzoo.finetune;

import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.annotation.Internal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Names for new models. A run or a published model with the same name would hide the new one.
 *
 * @param runs folder of the runs, with one folder per model, named after it
 * @param zoo the zoo with the published models
 */
@Internal
public record ModelNames(Path runs, Zoo zoo) {

    public ModelNames {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(zoo, "zoo");
    }

    /**
     * Derives a name from a folder's, with a number if the name is taken: "my-photos" or "my-photos-2" for {@code My
     * Photos/}.
     */
    public String unused(Path folder) {
        String stem = slug(folder);
        String name = stem;
        for (int i = 2; isRun(name) || isPublished(name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }

    /** Returns whether a file or folder exists in the place of the run with that name. */
    public boolean isRun(String name) {
        return Files.exists(runs.resolve(name));
    }

    /** Returns whether the zoo has a model with that name. */
    public boolean isPublished(String name) {
        return zoo.list().stream().anyMatch(listing -> listing.id().equals(name));
    }

    private static String slug(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String slug = String.valueOf(last)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        return slug.isEmpty() || last == null ? "pictures" : slug;
    }
}
