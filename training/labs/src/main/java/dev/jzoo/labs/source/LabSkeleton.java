package dev.jzoo.labs.source;

import dev.jzoo.labs.Chapter;
import dev.jzoo.labs.LabInfo;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The first version of a new lab in a checkout: a class with one paragraph, one figure and one claim. */
public final class LabSkeleton {

    private static final String SOURCES = "training/labs/src/main/java/dev/jzoo/labs";
    private static final String SERVICES = "training/labs/src/main/resources/META-INF/services/dev.jzoo.labs.Lab";

    private LabSkeleton() {}

    /**
     * Writes the class and adds it to the list of labs. Returns the file.
     *
     * @param checkout root of a checkout of JZoo
     * @param id id of the new lab
     * @throws IllegalArgumentException if the id has other characters than lower-case letters, digits and hyphens
     * @throws JZooException if the folder is not a checkout, or the lab exists
     */
    public static Path write(Path checkout, String id, Chapter chapter) throws IOException {
        String title = title(id);
        new LabInfo(id, title, "?", chapter); // rejects a bad id
        Path services = checkout.resolve(SERVICES);
        if (!Files.isRegularFile(services)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND,
                    "A new lab needs a checkout of JZoo, but " + checkout + " does not contain " + SERVICES + ".",
                    "Run the command in the root of a checkout.");
        }
        String packageName = chapter.name().toLowerCase(Locale.ROOT);
        String type = Arrays.stream(id.split("-")).map(LabSkeleton::capital).collect(Collectors.joining()) + "Lab";
        Path file = checkout.resolve(SOURCES).resolve(packageName).resolve(type + ".java");
        if (Files.exists(file)) {
            throw new JZooException(
                    JZooException.Code.FAILED, "The lab " + file + " exists.", "Choose another id, or edit that file.");
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, source(packageName, type, id, title, chapter));
        String list = Files.readString(services);
        String line = "dev.jzoo.labs." + packageName + "." + type + "\n";
        Files.writeString(services, list + (list.endsWith("\n") ? "" : "\n") + line);
        return file;
    }

    private static String title(String id) {
        return capital(id.replace('-', ' '));
    }

    private static String capital(String word) {
        return word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String source(String packageName, String type, String id, String title, Chapter chapter) {
        return """
                package dev.jzoo.labs.%1$s;

                import dev.jzoo.labs.Chapter;
                import dev.jzoo.labs.Lab;
                import dev.jzoo.labs.LabInfo;
                import dev.jzoo.labs.LabPage;
                import dev.jzoo.report.LineChart;

                /** A new lab: describe the experiment in one sentence. */
                public final class %2$s implements Lab {

                    /** The function under study. Definitions above {@code run} are shown after the first paragraph. */
                    private static double square(double x) {
                        return x * x; // $f(x) = x^2$
                    }

                    @Override
                    public LabInfo info() {
                        return new LabInfo("%3$s", "%4$s", "Which question does this lab answer?", Chapter.%5$s);
                    }

                    @Override
                    public void run(LabPage page) {
                        page.text(\"""
                                Explain the idea in two or three sentences. A formula stands between dollar signs: $f(x) = x^2$.
                                \""");
                        double[] x = {-2, -1, 0, 1, 2};
                        double[] y = new double[x.length];
                        for (int i = 0; i < x.length; i++) {
                            y[i] = square(x[i]);
                        }
                        page.figure(LineChart.of("x", "f(x)").line("square", x, y).figure("What the figure shows."));
                        page.claim("State what must hold. This parabola is symmetric.").near(y[0], y[4], 0);
                    }
                }
                """.formatted(packageName, type, id, title, chapter.name());
    }
}
