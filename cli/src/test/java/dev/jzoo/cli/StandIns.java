package dev.jzoo.cli;

import dev.jzoo.datasets.Provenance;
import dev.jzoo.datasets.catalogue.Airline;
import dev.jzoo.export.ManifestContents;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.ModelFolder;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.publishing.Publisher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Models so small that their results are known: a classifier of digits that sees a seven in every picture, with probability
 * 0.5, a forecaster that adds 2 each month, and a generator that recites the alphabet. They use the same folders and
 * manifest as real ones.
 */
final class StandIns {

    private StandIns() {}

    /** Creates a mirror with all of them. */
    static Path mirror(Path folder) throws IOException {
        Path models = folder.resolve("mirror").resolve("models");
        publish(digits(folder.resolve("made/digits")), models);
        publish(months(folder.resolve("made/months")), models);
        publish(letters(folder.resolve("made/letters")), models);
        return models.getParent();
    }

    /** Copies the pictures and tables of the repository to where the examples expect them. */
    static void inputs(Path folder) throws IOException {
        for (String kind : List.of("docs/pictures", "docs/tables")) {
            Path source = Path.of("..").resolve(kind);
            Path target = Files.createDirectories(folder.resolve(kind));
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.filter(file -> !file.equals(source)).toList()) {
                    Files.copy(file, target.resolve(source.relativize(file)));
                }
            }
        }
        photos(folder.resolve("photos"), 12);
    }

    /** Creates a folder of pictures: half are cats, which are red, and half are dogs, which are blue. */
    static void photos(Path folder, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            boolean cat = i % 2 == 0;
            BufferedImage image = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 32; y++) {
                for (int x = 0; x < 40; x++) {
                    image.setRGB(x, y, (cat ? 0xC00000 : 0x0000C0) + (x * i << 8 & 0xFF00));
                }
            }
            Path file = folder.resolve(cat ? "cat" : "dog").resolve(i + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
        }
    }

    private static void publish(RunFolder run, Path models) throws IOException {
        Publisher.into(models)
                .publish(run.model(), ManifestContents.of(run.model().resolve("model.onnx")));
    }

    /** Creates a classifier with p(7) = 1/2 and p = 1/18 for every other digit, for any picture. */
    static RunFolder digits(Path folder) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo image = new ValueInfo("image", DataType.UINT8, Dimension.batchOf(28, 28, 1));
        String pixels = graph.op("Cast", graph.input(image))
                .integer("to", DataType.FLOAT.code())
                .emit();
        String flat = graph.op("Flatten", pixels).emit();
        String weights = graph.weight("weights", TensorData.of(new float[784 * 10], 784, 10));
        float[] bias = new float[10];
        bias[7] = (float) Math.log(9);
        String logits = graph.op("Gemm", flat, weights, graph.weight("bias", TensorData.of(bias, 10)))
                .emit();
        graph.op("Softmax", logits).integer("axis", -1).emitAs("probabilities");
        graph.output(new ValueInfo("probabilities", DataType.FLOAT, Dimension.batchOf(10)));
        return run(
                folder,
                graph,
                "always-seven",
                "Sees a seven everywhere",
                Task.IMAGE_CLASSIFICATION,
                IntStream.range(0, 10).mapToObj(Integer::toString).toList(),
                List.of(),
                Map.of("test.accuracy", 0.1028),
                Tensor.ofBytes(new byte[784], 1, 28, 28, 1));
    }

    /** Creates a forecaster whose next value is the last value plus 2. */
    static RunFolder months(Path folder) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo history = new ValueInfo("history", DataType.FLOAT, Dimension.batchOf(1));
        graph.op("Add", graph.input(history), graph.constant(2f)).emitAs("forecast");
        graph.output(history.named("forecast"));
        return run(
                folder,
                graph,
                "plus-two",
                "Adds two each month",
                Task.TIME_SERIES_FORECASTING,
                List.of(),
                List.of(new ModelCard.SeriesEnd("thousand passengers", "P1M", "1960-12", List.of(390.0, 432.0))),
                Map.of("test.rmse", 48.5),
                Tensor.of(new float[] {100}, 1, 1));
    }

    /**
     * Creates a generator: after each letter comes the next one, after z an a, with probability 0.75. All other letters are
     * equally likely.
     */
    static RunFolder letters(Path folder) throws IOException {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo ids = new ValueInfo("ids", DataType.INT64, Dimension.batchOf(4));
        String after = graph.op("Add", graph.input(ids), graph.constant(1L)).emit();
        String next = graph.op("Mod", after, graph.constant(26L)).emit();
        String values = graph.weight("values", TensorData.of(new float[] {0.01f, 0.75f}, 2));
        graph.op("OneHot", next, graph.constant(26L), values)
                .integer("axis", -1)
                .emitAs("probabilities");
        graph.output(new ValueInfo("probabilities", DataType.FLOAT, Dimension.batchOf(4, 26)));
        return run(
                folder,
                graph,
                "reciter",
                "Recites the alphabet",
                Task.TEXT_GENERATION,
                IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList(),
                List.of(),
                Map.of("test.nats", 0.2877),
                Tensor.ofLongs(new long[] {0, 1, 2, 25}, 1, 4));
    }

    /** Creates the text files of a run without a model. Its loss halves with each epoch, from 1. */
    static RunFolder trained(Path folder, Hyperparameters settings, double accuracy) throws IOException {
        RunFolder run = RunFolder.at(folder);
        run.writeRecipe(new RecipeFile(
                "digits",
                "djl",
                "DJL 0.35.1",
                "784 -> dense 10",
                "by the seed",
                "stochastic gradient descent without momentum",
                "cross-entropy",
                settings,
                "none",
                List.of(Airline.provenance())));
        run.writeHistory(new History(IntStream.range(0, settings.epochs())
                .mapToObj(i -> new Epoch(
                        i,
                        1,
                        Math.pow(0.5, i),
                        settings.learningRate(),
                        new TreeMap<>(Map.of("test.accuracy", accuracy))))
                .toList()));
        run.writeMetrics(Map.of("test.accuracy", accuracy));
        return run;
    }

    private static RunFolder run(
            Path folder,
            GraphBuilder graph,
            String id,
            String title,
            Task task,
            List<String> labels,
            List<ModelCard.SeriesEnd> series,
            Map<String, Double> metrics,
            Tensor example)
            throws IOException {
        RunFolder run = RunFolder.at(folder);
        Provenance data = Airline.provenance();
        RecipeFile recipe = new RecipeFile(
                id,
                "djl",
                "none",
                "by hand",
                "by hand",
                "none",
                "none",
                new Hyperparameters(1, 1, 1, 1),
                "none",
                List.of(data));
        ModelCard card = new ModelCard(
                id,
                "1.0.0",
                title,
                "A stand-in for tests.",
                task,
                labels,
                series,
                recipe.forCard(recipe.hyperparameters(), run.writeRecipe(recipe)),
                recipe.dataForCard(),
                new TreeMap<>(metrics),
                "Apache-2.0",
                List.of("stand-in"),
                List.of("It knows nothing."));
        OnnxFile file = new OnnxFile(
                8,
                new TreeMap<>(Map.of("", 17L)),
                new OnnxFile.Producer("test", "1"),
                graph.build(id),
                new TreeMap<>());
        Map<String, Tensor> vector = Map.of(file.graph().inputs().get(0).name(), example);
        ModelFolder.write(run, file, card, List.of(vector, vector, vector));
        return run;
    }
}
