package dev.jzoo.training.recipe;

import dev.jzoo.zoo.card.Task;
import java.util.List;

/**
 * The texts of a recipe about its model.
 *
 * @param summary inputs and outputs, a paragraph
 * @param tags search words
 * @param limits limitations, a sentence each
 */
public record ModelText(String summary, List<String> tags, List<String> limits) {

    public ModelText {
        tags = List.copyOf(tags);
        limits = List.copyOf(limits);
    }

    /** Returns the description of a model for a task, with these texts. */
    public ModelDescription forTask(Task task) {
        return new ModelDescription(this, task, List.of(), List.of(), List.of());
    }
}
