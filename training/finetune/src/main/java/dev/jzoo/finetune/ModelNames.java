package dev.jzoo.finetune;

import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.annotation.Internal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Names for new models. A run or a published model of the same name would hide the new one.
 *
 * @param runs folder in which each run has a folder of its model's name
 * @param zoo that has the published models
 */
@Internal
public record ModelNames(Path runs, Zoo zoo) {

    public ModelNames {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(zoo, "zoo");
    }

    /** Makes a name of a folder's, with a number if it is taken: "my-photos" or "my-photos-2" for {@code My Photos/}. */
    public String unused(Path folder) {
        String stem = slug(folder);
        String name = stem;
        for (int i = 2; isRun(name) || isPublished(name); i++) {
            name = stem + "-" + i;
        }
        return name;
    }

    /** Whether there is something in the place of the run of that name. */
    public boolean isRun(String name) {
        return Files.exists(runs.resolve(name));
    }

    /** Whether the zoo has a model of that name. */
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
