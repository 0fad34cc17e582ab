package dev.jzoo.zoo.hub;

import static dev.jzoo.zoo.SplitModels.field;
import static dev.jzoo.zoo.SplitModels.joined;
import static dev.jzoo.zoo.SplitModels.tensor;
import static dev.jzoo.zoo.SplitModels.text;
import static dev.jzoo.zoo.SplitModels.varint;
import static dev.jzoo.zoo.SplitModels.withWeightsIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.zoo.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFilesTest {

    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int ATTRIBUTE = 5;

    @TempDir
    Path folder;

    private Set<String> names(byte[]... model) throws Exception {
        Path file = folder.resolve("model.onnx");
        Files.write(file, joined(model));
        return WeightFiles.of(file);
    }

    private static byte[] inNode(byte[] attribute) {
        return field(GRAPH, field(NODE, field(ATTRIBUTE, attribute)));
    }

    @Test
    void initializersNameTheirFiles() throws Exception {
        assertEquals(Set.of("a", "b/c d"), names(withWeightsIn("b/c d", "a", "a")));
        assertEquals(Set.of(), names(withWeightsIn()));
    }

    @Test
    void tensorsInAttributesSubgraphsSparseTensorsFunctionsAndTrainingNameTheirs() throws Exception {
        assertEquals(Set.of("constant"), names(inNode(field(5, tensor("constant")))));
        assertEquals(Set.of("list"), names(inNode(field(10, tensor("list")))));
        assertEquals(Set.of("branch"), names(inNode(field(6, field(5, tensor("branch"))))));
        assertEquals(Set.of("values"), names(field(GRAPH, field(15, field(1, tensor("values"))))));
        assertEquals(Set.of("indices"), names(inNode(field(22, field(2, tensor("indices"))))));
        assertEquals(Set.of("function"), names(field(25, field(7, field(ATTRIBUTE, field(5, tensor("function")))))));
        assertEquals(Set.of("start"), names(field(20, field(1, field(5, tensor("start"))))));
    }

    @Test
    void whatIsNotExternalNamesNothing() throws Exception {
        byte[] entry = joined(field(1, text("location")), field(2, text("left over")));
        byte[] internal = joined(field(13, entry), new byte[] {0x70, 0});
        assertEquals(Set.of(), names(field(GRAPH, field(5, internal))));
        assertEquals(Set.of(), names(field(GRAPH, field(5, field(8, text("left over"))))));
    }

    @Test
    void largeFieldsArePassedOver() throws Exception {
        byte[] raw = field(9, Fixtures.bytes(3_000_000, 1));
        assertEquals(Set.of("w"), names(field(GRAPH, joined(field(5, raw), field(5, joined(raw, tensor("w")))))));
    }

    @Test
    void brokenAndHostileBytesNameNothing() throws Exception {
        byte[] model = withWeightsIn("w");
        for (int length = 0; length < model.length; length++) {
            names(Arrays.copyOf(model, length));
        }
        byte[] nested = {};
        for (int depth = 0; depth < 20_000; depth++) {
            nested =
                    depth % 3 == 0 ? field(6, nested) : depth % 3 == 1 ? field(ATTRIBUTE, nested) : field(NODE, nested);
            if (nested.length > 100_000) {
                break;
            }
        }
        assertEquals(Set.of(), names(field(GRAPH, nested)));
        assertEquals(Set.of(), names(varint(GRAPH << 3 | 2), varint(Long.MAX_VALUE), new byte[10]));
        assertEquals(Set.of(), names(varint(GRAPH << 3 | 2), varint(-1)));
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] changed = model.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            names(changed);
        }
    }
}
