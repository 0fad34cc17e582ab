package dev.jzoo.zoo.card;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The task of a model. The names are the task names of Hugging Face where it has one. */
public enum Task {
    /** A picture in, a score for each label out. */
    IMAGE_CLASSIFICATION("image-classification"),
    /** The last values of a series in, the next one out. */
    TIME_SERIES_FORECASTING("time-series-forecasting"),
    /** Characters or words in, the scores of the next one out. */
    TEXT_GENERATION("text-generation"),
    /** Columns of a table in, a number out. */
    TABULAR_REGRESSION("tabular-regression"),
    /** Columns of a table or a signal in, a score for each label out. */
    TABULAR_CLASSIFICATION("tabular-classification"),
    /** Any other network. */
    OTHER("other");

    private final String id;

    Task(String id) {
        this.id = id;
    }

    /** Returns the task with that name. Fails with IllegalArgumentException, which lists the known tasks. */
    @JsonCreator
    public static Task of(String id) {
        return Arrays.stream(values())
                .filter(task -> task.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no task '" + id + "'. The tasks are "
                        + Arrays.stream(values()).map(Task::id).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns the name: "image-classification". */
    @JsonValue
    public String id() {
        return id;
    }
}
