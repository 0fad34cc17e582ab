package dev.jzoo.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark for an option's part in the command that a model's card records, see {@link RecordedCommand}. An option without
 * this mark affects the model: it is recorded if its value is not the default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Recorded {

    /** The condition for recording an option. */
    enum When {
        /** Even with its default value. */
        ALWAYS,
        /** Not at all: it only affects where the result is written, how it is shown, or what computes it. */
        NEVER
    }

    When value();
}
