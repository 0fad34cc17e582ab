package dev.jzoo.labs;

import java.util.Objects;

/**
 * The name, the question and the chapter of a lab.
 *
 * @param id name for {@code jzoo lab run}, such as {@code gradient-descent}: lower-case letters, digits and hyphens
 * @param title heading of the page, such as "Gradient descent"
 * @param question question that the lab answers, one sentence
 * @param chapter chapter of the course
 */
public record LabInfo(String id, String title, String question, Chapter chapter) {

    /** Rejects an id with other characters, and a question without a question mark. */
    public LabInfo {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException(
                    "The id of a lab has lower-case letters, digits and hyphens, such as gradient-descent; found '" + id
                            + "'.");
        }
        if (!question.endsWith("?")) {
            throw new IllegalArgumentException("The question of lab '" + id + "' must end in '?': " + question);
        }
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(chapter, "chapter");
    }
}
