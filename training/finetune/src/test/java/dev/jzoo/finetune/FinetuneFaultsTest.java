package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.PictureSize;
import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told where something does not go well. */
class FinetuneFaultsTest {

    @TempDir
    Path folder;

    @Test
    void allLayersThatLoseLeaveTheirCurveAndTheirResult() throws IOException {
        FinetuneCase tried = FinetuneCase.of(folder, Bases.classifier())
                .data(Bases.pictures(folder.resolve("data"), 12, 12))
                .full(2, 30);
        TrainingResult result = tried.run();
        assertTrue(tried.heard(": the base keeps its weights."), tried.notes::toString);
        assertEquals(3, Files.readAllLines(result.run().resolve("history.csv")).size());
        String page = Files.readString(result.run().resolve("report/index.html"));
        assertTrue(page.contains("Training of all layers"), page);
        assertTrue(page.contains("fewer than with the new last layer alone"), page);
        assertTrue(page.contains("Mean loss over the steps of each epoch"), page);
        String recipe = Files.readString(result.run().resolve("recipe.json"));
        assertTrue(recipe.contains("tried, but no better, so the base keeps its weights. all layers: "), recipe);
        String card = Files.readString(result.model().resolve("README.md"));
        assertTrue(card.contains("are unchanged"), card);
    }

    @Test
    void onATieAllLayersAreTakenAndTheUserHearsIt() throws IOException {
        FinetuneCase tried = FinetuneCase.of(folder, Bases.classifier())
                .data(Bases.pictures(folder.resolve("data"), 12, 12))
                .full(1, 1e-5);
        tried.run();
        assertTrue(
                tried.heard(
                        "with all layers trained, and 100.0 % with the new last layer alone: all layers are trained, as mode full asks."),
                tried.notes::toString);
    }

    @Test
    void aPictureInTwoClassesIsExplained() throws IOException {
        Path data = Bases.pictures(folder.resolve("data"), 12, 12);
        Files.copy(data.resolve("red/1.png"), data.resolve("blue/copy.png"));
        FinetuneCase tried = FinetuneCase.of(folder, Bases.classifier()).data(data);
        tried.run();
        assertTrue(
                tried.heard(
                        "Warning: blue/copy.png = red/1.png: the same picture in two classes, one of which is wrong."),
                tried.notes::toString);
    }

    @Test
    void whatCannotBeReadForAnyReasonIsOneUnreadablePicture() throws IOException {
        Path data = Bases.pictures(folder.resolve("data"), 3, 3);
        Files.writeString(data.resolve("red/9.png"), "no picture");
        List<Item> items = List.of(
                new Item(data.resolve("red/0.png"), 0),
                new Item(data.resolve("red/9.png"), 0),
                new Item(data.resolve("red/gone.png"), 0),
                new Item(data.resolve("blue/2.png"), 1));
        try (Extractor extractor = Extractor.open(
                folder.resolve("cache"),
                "rows",
                1,
                () -> meanOfBytes(),
                "means",
                new PictureSize(Bases.SIDE, Bases.SIDE, 3),
                Framing.CENTRED)) {
            Extractor.Extracted extracted = extractor.extract(items, 1, 1, TransferListener.NONE);
            assertEquals(List.of(items.get(0), items.get(3)), extracted.items());
            assertEquals(2, extracted.faults().size());
            assertTrue(extracted.faults().get(1).contains("gone.png: cannot be read"), extracted.faults()::toString);
        }
    }

    @Test
    void aBaseThatCannotBeLoadedIsNamedAsTheUserNamedIt() throws IOException {
        Node wrong = new Node("Conv", "", "broken", List.of("x", "x"), List.of("y"), new TreeMap<>());
        Graph graph = new Graph(
                "broken",
                List.of(new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3, 8, 8))),
                List.of(new ValueInfo("y", DataType.FLOAT, Dimension.batchOf(5))),
                Map.of(),
                List.of(wrong, new Node("Nothing", "", "unknown", List.of("y"), List.of("z"), new TreeMap<>())),
                List.of());
        Graph needed = graph.withOutputs(List.of(new ValueInfo("z", DataType.FLOAT, Dimension.batchOf(5))));
        OnnxFile file = OnnxFile.of(17, new OnnxFile.Producer("test", "1"), needed, Map.of());
        FinetuneCase tried = FinetuneCase.of(folder, file).data(Bases.pictures(folder.resolve("data"), 3, 3));
        DataFormatException refused = assertThrows(DataFormatException.class, tried::run);
        assertTrue(refused.getMessage().startsWith("base.onnx: ONNX Runtime"), refused.getMessage());
        assertFalse(refused.getMessage().contains("/"), refused.getMessage());
    }

    @Test
    void featuresThatAreNoFiniteNumbersAreRefused() throws IOException {
        OnnxFile wide = Bases.wide(4);
        Graph graph = wide.graph();
        List<Node> nodes = new ArrayList<>(graph.nodes());
        nodes.add(new Node("Exp", "", "exp", List.of("features"), List.of("grown"), new TreeMap<>()));
        Graph growing = new Graph(
                "growing",
                graph.inputs(),
                List.of(new ValueInfo("grown", DataType.FLOAT, Dimension.batchOf(4))),
                graph.initializers(),
                nodes,
                List.of());
        FinetuneCase tried =
                FinetuneCase.of(folder, wide.withGraph(growing)).data(Bases.pictures(folder.resolve("data"), 6, 6));
        JZooException refused = assertThrows(JZooException.class, tried::run);
        assertEquals(JZooException.Code.BAD_INPUT, refused.code());
        assertTrue(refused.getMessage().contains("'grown'"), refused.getMessage());
    }

    private static OnnxFile meanOfBytes() {
        Graph graph = new Graph(
                "mean",
                List.of(new ValueInfo("image", DataType.UINT8, Dimension.batchOf(Bases.SIDE, Bases.SIDE, 3))),
                List.of(new ValueInfo("mean", DataType.FLOAT, Dimension.batchOf(1))),
                Map.of(),
                List.of(
                        new Node(
                                "Cast",
                                "",
                                "cast",
                                List.of("image"),
                                List.of("f"),
                                new TreeMap<>(Map.of("to", new Attribute.Int(1)))),
                        new Node("Flatten", "", "flat", List.of("f"), List.of("row"), new TreeMap<>()),
                        new Node(
                                "ReduceMean",
                                "",
                                "reduce",
                                List.of("row"),
                                List.of("mean"),
                                new TreeMap<>(Map.of("axes", Attribute.ints(1))))),
                List.of());
        return OnnxFile.of(17, new OnnxFile.Producer("test", "1"), graph, Map.of());
    }
}
