package dev.jzoo.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The part that an option has in the command that a model's card records, see {@link RecordedCommand}. An option without this
 * mark decides what is made: it is recorded if its value is not the default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Recorded {

    /** When an option is recorded. */
    enum When {
        /** Even with its default value. */
        ALWAYS,
        /** Not at all: it only says where the result goes, how it is shown, or what computes it. */
        NEVER
    }

    When value();
}
