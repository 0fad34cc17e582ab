package dev.jzoo.export.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Python with the package onnx: a reader of ONNX files that shares no code with JZoo. */
public final class PythonOnnx {

    private final String python;

    private PythonOnnx(String python) {
        this.python = python;
    }

    /** Returns the first Python with the package, or skips the running test. */
    public static PythonOnnx required() {
        String python = Stream.of("python3", "/usr/bin/python3")
                .filter(PythonOnnx::hasOnnx)
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(
                python.isEmpty(),
                "skipped: no python3 with the package onnx (pip install onnx, or Debian's python3-onnx)");
        return new PythonOnnx(python);
    }

    /**
     * Runs a script that is a resource of a class.
     *
     * @param owner the class whose resource the script is
     * @param script name of the resource
     * @param folder folder in which the script is written while it runs
     * @return the script's standard output
     * @throws AssertionError if the script fails, with its output
     */
    public String run(Class<?> owner, String script, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path copy = folder.resolve(script);
        try (InputStream source = owner.getResourceAsStream(script)) {
            Files.write(copy, source.readAllBytes());
        }
        Path errors = folder.resolve(script + ".err");
        List<String> command = new ArrayList<>(List.of(python, copy.toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(printed + Files.readString(errors));
        }
        return printed;
    }

    private static boolean hasOnnx(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import onnx")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
