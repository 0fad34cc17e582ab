package dev.jzoo.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that opens several models, runs them, and prints the number of threads after each. Arguments: FILE MODELS. */
final class SharedThreads {

    private SharedThreads() {}

    public static void main(String[] arguments) throws Exception {
        List<OnnxModel> models = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            models.add(OnnxModel.open(Path.of(arguments[0]), Device.cpu()));
            Tensor one = Tensor.of(new float[] {i, i, i, i}, 1, 4);
            float sum = models.get(i).run(Map.of("a", one, "b", one)).get("sum").floats()[0];
            System.out.println("sum " + sum + " threads " + ofOnnxRuntime());
        }
        for (OnnxModel model : models) {
            model.close();
        }
    }

    /** Returns the number of threads that the JVM did not name. */
    private static long ofOnnxRuntime() throws Exception {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(task -> task.resolve("comm"))
                    .filter(comm -> name(comm).startsWith("java"))
                    .count();
        }
    }

    private static String name(Path comm) {
        try {
            return Files.readString(comm);
        } catch (java.io.IOException e) {
            return "gone";
        }
    }
}
