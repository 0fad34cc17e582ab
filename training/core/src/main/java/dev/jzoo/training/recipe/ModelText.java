package dev.jzoo.training.recipe;

import dev.jzoo.zoo.card.Task;
import java.util.List;

/**
 * The words of a recipe about its model.
 *
 * @param summary what goes in and what comes out, a paragraph
 * @param tags words to find it by
 * @param limits what it cannot do, a sentence each
 */
public record ModelText(String summary, List<String> tags, List<String> limits) {

    public ModelText {
        tags = List.copyOf(tags);
        limits = List.copyOf(limits);
    }

    /** Describes a model for a task with these words. */
    public ModelDescription forTask(Task task) {
        return new ModelDescription(this, task, List.of(), List.of(), List.of());
    }
}
