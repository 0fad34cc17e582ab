package dev.jzoo.inference.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/**
 * The ONNX Runtimes on the class path. There should be only one: with two, Java takes classes and native libraries from the
 * first.
 */
public final class RuntimeJars {

    private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";

    private RuntimeJars() {}

    /** Returns the paths of their jars, in class path order: "/lib/onnxruntime-1.28.0.jar". */
    public static List<String> onClassPath() {
        return of(RuntimeJars.class.getClassLoader());
    }

    static List<String> of(ClassLoader loader) {
        try {
            return Collections.list(loader.getResources(CLASS)).stream()
                    .map(URL::toString)
                    .map(url -> url.replaceFirst("^(jar:)?file:", "").replaceFirst("!?/" + CLASS + "$", ""))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
