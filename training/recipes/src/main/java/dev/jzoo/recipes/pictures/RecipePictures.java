package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.Provenance;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pictures of a recipe, by purpose.
 *
 * @param train the training pictures
 * @param measured the pictures to measure on, by name; includes the test pictures as "test"
 */
record RecipePictures(LabelledImages train, SortedMap<String, LabelledImages> measured) {

    static RecipePictures of(LabelledImages train, LabelledImages test) {
        return new RecipePictures(train, new TreeMap<>(Map.of("test", test)));
    }

    /** Returns the sources of all pictures, each once. */
    List<Provenance> provenances() {
        return Stream.concat(Stream.of(train), measured.values().stream())
                .map(LabelledImages::provenance)
                .distinct()
                .toList();
    }

    LabelledImages test() {
        return measured.get("test");
    }

    /** Returns the pictures that each epoch is measured on: the first ones of each part, by its name. */
    SortedMap<String, LabelledImages> first(int count) {
        SortedMap<String, LabelledImages> parts = new TreeMap<>();
        parts.put("train", first(train, count));
        measured.forEach((name, images) -> parts.put(name, first(images, count)));
        return parts;
    }

    private static LabelledImages first(LabelledImages images, int count) {
        return images.size() <= count ? images : images.range(0, count);
    }
}
