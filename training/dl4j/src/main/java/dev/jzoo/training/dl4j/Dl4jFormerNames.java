package dev.jzoo.training.dl4j;

import dev.jzoo.export.dl4j.saved.SavedClasses;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The class names under which saved networks refer to {@link Dl4jSchedule}. A network's file contains the class of its
 * learning rate with the package at the time; JZoo 0.1.0 wrote {@code dev.jzoo.training.fit}. Found through {@link
 * java.util.ServiceLoader}.
 */
public final class Dl4jFormerNames implements SavedClasses {

    private static final Pattern NAME = Pattern.compile("dev\\.jzoo\\.(\\w+\\.)*Dl4jSchedule");

    @Override
    public Optional<Class<?>> named(String name) {
        return NAME.matcher(name).matches() ? Optional.of(Dl4jSchedule.class) : Optional.empty();
    }
}
