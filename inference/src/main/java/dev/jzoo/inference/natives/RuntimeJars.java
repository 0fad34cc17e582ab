package dev.jzoo.inference.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/** The ONNX Runtimes on the class path. There may be one only: of two, classes and natives come from whichever is first. */
public final class RuntimeJars {

    private static final String CLASS = "ai/onnxruntime/OrtEnvironment.class";

    private RuntimeJars() {}

    /** Where they are, in the order of the class path: "/lib/onnxruntime-1.28.0.jar". */
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
