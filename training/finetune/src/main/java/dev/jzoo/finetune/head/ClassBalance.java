package dev.jzoo.finetune.head;

import dev.jzoo.datasets.LabelledPictures.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Oversampling of small classes. */
public final class ClassBalance {

    private ClassBalance() {}

    /**
     * Repeats the pictures of small classes until all classes have the same number, if the sizes differ much. Each
     * repetition is cropped differently.
     */
    public static List<Item> of(List<Item> items) {
        Map<Integer, List<Item>> classes = items.stream().collect(Collectors.groupingBy(Item::label));
        int most = classes.values().stream().mapToInt(List::size).max().orElse(0);
        int fewest = classes.values().stream().mapToInt(List::size).min().orElse(0);
        if (most <= HeadTraining.BALANCED * fewest) {
            return items;
        }
        List<Item> balanced = new ArrayList<>();
        classes.values().forEach(of -> {
            for (int i = 0; i < most; i++) {
                balanced.add(of.get(i % of.size()));
            }
        });
        return balanced;
    }
}
