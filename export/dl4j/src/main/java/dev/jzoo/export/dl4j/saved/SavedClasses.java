package dev.jzoo.export.dl4j.saved;

import java.util.Optional;

/**
 * Your own classes that saved networks may name: activation functions, losses, schedules, constraints. Name your
 * implementation in {@code META-INF/services/dev.jzoo.export.dl4j.saved.SavedClasses}. The configurations of a {@link
 * dev.jzoo.export.dl4j.layers.LayerEmitter} are allowed without it.
 *
 * <pre>{@code
 * public final class OurClasses implements SavedClasses {
 *     public Optional<Class<?>> named(String name) {
 *         return name.equals(SmoothStep.class.getName()) ? Optional.of(SmoothStep.class) : Optional.empty();
 *     }
 * }
 * }</pre>
 */
public interface SavedClasses {

    /**
     * Returns the class for a name in a file: the class's own name, or a former one. Compare the name and do not load a
     * class by it, because it comes from the file.
     */
    Optional<Class<?>> named(String name);
}
