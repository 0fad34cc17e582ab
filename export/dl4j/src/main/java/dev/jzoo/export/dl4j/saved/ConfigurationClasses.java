package dev.jzoo.export.dl4j.saved;

import dev.jzoo.export.dl4j.layers.LayerEmitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The classes that a configuration may name. A name from a file is looked up here and never reaches a class loader.
 * DL4J's own classes are in {@code classes.txt}: every implementation of its configuration interfaces, except {@code
 * TFOpLayer}, which runs a TensorFlow graph from the file.
 */
final class ConfigurationClasses {

    private static final String LIST = "classes.txt";

    private static final Map<String, Class<?>> OF_DL4J = ofDl4j();

    private final Map<String, Class<?>> ofEmitters = new HashMap<>();
    private final List<SavedClasses> allowed = new ArrayList<>();

    private ConfigurationClasses() {
        for (LayerEmitter emitter : ServiceLoader.load(LayerEmitter.class)) {
            emitter.configurations().forEach(type -> ofEmitters.put(type.getName(), type));
        }
        ServiceLoader.load(SavedClasses.class).forEach(allowed::add);
    }

    /** Loads DL4J's classes and the additional classes of the class path. */
    static ConfigurationClasses load() {
        return new ConfigurationClasses();
    }

    Optional<Class<?>> named(String name) {
        Class<?> known = OF_DL4J.getOrDefault(name, ofEmitters.get(name));
        return known != null
                ? Optional.of(known)
                : allowed.stream().flatMap(more -> more.named(name).stream()).findFirst();
    }

    private static Map<String, Class<?>> ofDl4j() {
        Map<String, Class<?>> classes = new HashMap<>();
        ClassLoader loader = ConfigurationClasses.class.getClassLoader();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ConfigurationClasses.class.getResourceAsStream(LIST), StandardCharsets.UTF_8))) {
            for (String name :
                    lines.lines().filter(line -> !line.startsWith("#")).toList()) {
                try {
                    classes.put(name, Class.forName(name, false, loader));
                } catch (ClassNotFoundException e) {
                    // The class belongs to deeplearning4j-modelimport, which is optional.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(classes);
    }
}
