package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnnxModelTest {

    private static final Tensor A = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, Float.NaN}, 2, 4);
    private static final Tensor B = Tensor.of(new float[] {10, 20, 30, 40, 50, 60, 70, 80}, 2, 4);

    @Test
    void aModelTellsItsPortsMetadataAndOrigin() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            List<Dimension> shape = List.of(new Dimension.SymbolicDimension("N"), new Dimension.FixedDimension(4));
            assertEquals(
                    List.of(new Port("a", ElementType.FLOAT, shape), new Port("b", ElementType.FLOAT, shape)),
                    model.inputs());
            assertEquals(
                    "['sum' float [N, 4], 'difference' float [N, 4]]",
                    model.outputs().toString());
            assertEquals(Map.of("colour", "blue", "empty", ""), model.metadata());
            assertEquals("make_models.py", model.producer());
            assertEquals("add-graph", model.graphName());
            assertTrue(model.card().isEmpty());
        }
        try (OnnxModel model = Fixtures.model("identity-float16.onnx")) {
            assertEquals("['x' float16 [?, ?]]", model.inputs().toString());
        }
    }

    @Test
    void allOutputsComeBackInTheOrderOfTheGraph() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            Map<String, Tensor> outputs = model.run(Map.of("a", A, "b", B));
            assertEquals(List.of("sum", "difference"), List.copyOf(outputs.keySet()));
            assertEquals(Tensor.of(new float[] {11, 22, 33, 44, 55, 66, 77, Float.NaN}, 2, 4), outputs.get("sum"));
            assertEquals(
                    Tensor.of(new float[] {-9, -18, -27, -36, -45, -54, -63, Float.NaN}, 2, 4),
                    outputs.get("difference"));
        }
    }

    @Test
    void someOutputsCanBeAskedFor() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            assertEquals(
                    Set.of("difference"),
                    model.run(Map.of("a", A, "b", B), Set.of("difference")).keySet());
            assertEquals(
                    model.name() + " cannot be run: expected some of its outputs [sum, difference], found [product].",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> model.run(Map.of("a", A, "b", B), Set.of("product")))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> model.run(Map.of("a", A, "b", B), Set.of()));
        }
    }

    @Test
    void aModelInMemoryRunsAsTheFileDoes() throws Exception {
        byte[] bytes = Files.readAllBytes(Fixtures.file("add.onnx"));
        for (SessionSettings.Optimisation level : SessionSettings.Optimisation.values()) {
            SessionSettings settings = SessionSettings.standard()
                    .withThreads(2)
                    .withOptimisation(level)
                    .withArithmetic(SessionSettings.Arithmetic.DETERMINISTIC);
            try (OnnxModel model = OnnxModel.open(bytes, "sum", Device.cpu(), settings)) {
                assertArrayEquals(new float[] {1}, new float[] {
                    model.run(Map.of("a", B, "b", B)).get("sum").floats()[0] / 20
                });
                assertEquals("sum", model.name());
            }
        }
    }

    @Test
    void buffersAreReusedForLargerAndSmallerCalls() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            for (int n : new int[] {1, 100, 0, 3, 1000, 2}) {
                float[] values = new float[4 * n];
                for (int i = 0; i < values.length; i++) {
                    values[i] = i + n;
                }
                Tensor tensor = Tensor.of(values, n, 4);
                float[] sum =
                        model.run(Map.of("a", tensor, "b", tensor)).get("sum").floats();
                assertEquals(values.length, sum.length);
                for (int i = 0; i < sum.length; i++) {
                    assertEquals(2f * (i + n), sum[i]);
                }
            }
        }
    }

    @Test
    void everyElementTypePassesThroughUnchanged() throws Exception {
        Map<String, Tensor> tensors = Map.of(
                "float", Tensor.of(new float[] {Float.NaN, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY}, 2, 2),
                "double", Tensor.ofDoubles(new double[] {Math.PI, Double.NaN}, 1, 2),
                "int8", Tensor.ofSignedBytes(new byte[] {-128, 127}, 2, 1),
                "uint8", Tensor.ofBytes(new byte[] {-1, 0, 127}, 3, 1),
                "int32", Tensor.ofInts(new int[] {Integer.MIN_VALUE, 7}, 1, 2),
                "int64", Tensor.ofLongs(new long[] {Long.MIN_VALUE, 7}, 1, 2),
                "bool", Tensor.ofBooleans(new boolean[] {true, false, true}, 1, 3),
                "string", Tensor.ofStrings(new String[] {"", "é😀", "a b", "c"}, 2, 2));
        for (Map.Entry<String, Tensor> each : tensors.entrySet()) {
            try (OnnxModel model = Fixtures.model("identity-" + each.getKey() + ".onnx")) {
                assertEquals(Map.of("y", each.getValue()), model.run(Map.of("x", each.getValue())));
            }
        }
    }

    @Test
    void sixteenBitFloatsAreConvertedFromAndToFloat() throws Exception {
        Tensor given = Tensor.of(new float[] {1, -2.5f, 65504, 0.1f}, 2, 2);
        try (OnnxModel model = Fixtures.model("identity-float16.onnx")) {
            // 0.1 to 11 bits of significand: 1638.4 / 2^14 rounds to 1638 / 2^14
            assertEquals(
                    Tensor.of(new float[] {1, -2.5f, 65504, 1638f / 16384}, 2, 2),
                    model.run(Map.of("x", given)).get("y"));
        }
        try (OnnxModel model = Fixtures.model("identity-bfloat16.onnx")) {
            float[] y = model.run(Map.of("x", given)).get("y").floats();
            for (int i = 0; i < y.length; i++) {
                assertEquals(given.floats()[i], y[i], Math.abs(given.floats()[i]) / 256);
            }
        }
    }

    @Test
    void aSingleValueHasNoAxes() throws Exception {
        try (OnnxModel model = Fixtures.model("scalar.onnx")) {
            assertEquals(
                    Tensor.of(new float[] {-3}),
                    model.run(Map.of("x", Tensor.of(new float[] {3}))).get("y"));
        }
    }

    @Test
    void allFaultsOfTheInputsAreNamedAtOnce() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            Map<String, Tensor> wrong = Map.of("a", Tensor.ofDoubles(new double[8], 2, 4), "c", A);
            assertEquals(
                    model.name()
                            + " cannot be run: expected 'a' float [N, 4], found double [2, 4]; 'b' float [N, 4] is"
                            + " missing; it has no input 'c'.",
                    assertThrows(IllegalArgumentException.class, () -> model.run(wrong))
                            .getMessage());
        }
    }

    @Test
    void wrongRankAndWrongSizeAreRefused() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            Map<String, Tensor> wrong = Map.of("a", Tensor.of(new float[4], 4), "b", Tensor.of(new float[5], 1, 5));
            assertEquals(
                    model.name()
                            + " cannot be run: expected 'a' float [N, 4], found float [4]; expected 'b' float [N, 4],"
                            + " found float [1, 5].",
                    assertThrows(IllegalArgumentException.class, () -> model.run(wrong))
                            .getMessage());
        }
    }

    @Test
    void axesOfOneNameThatDifferExplainAFailure() throws Exception {
        try (OnnxModel model = Fixtures.model("matmul.onnx")) {
            Tensor a = Tensor.of(new float[6], 2, 3);
            assertEquals(
                    "axis inner is 3 in 'a' but 2 in 'b'",
                    assertThrows(JZooException.class, () -> model.run(Map.of("a", a, "b", a)))
                            .getMessage()
                            .replaceFirst("(?s).* \\((axis.*)\\).*$", "$1"));
            Tensor b = Tensor.of(new float[3], 3, 1);
            assertArrayEquals(
                    new long[] {2, 1},
                    model.run(Map.of("a", a, "b", b)).get("c").shape());
        }
    }

    @Test
    void anOutputThatIsNoTensorIsRefusedAndTheOthersAreNot() throws Exception {
        try (OnnxModel model = Fixtures.model("sequence.onnx")) {
            Map<String, Tensor> given = Map.of("x", Tensor.of(new float[] {1}, 1));
            String message = assertThrows(IllegalArgumentException.class, () -> model.run(given))
                    .getMessage();
            assertTrue(message.contains("JZoo's tensors do not support its output 'pair'"), message);
            assertEquals(
                    Tensor.of(new float[] {-1}, 1),
                    model.run(given, Set.of("y")).get("y"));
        }
    }

    @Test
    void aFailureWhileRunningIsToldInWordsAndTheModelGoesOn() throws Exception {
        try (OnnxModel model = Fixtures.model("gather.onnx")) {
            JZooException failure = assertThrows(
                    JZooException.class, () -> model.run(Map.of("index", Tensor.ofLongs(new long[] {7}, 1))));
            assertEquals(JZooException.Code.BAD_INPUT, failure.code());
            assertEquals(
                    model.name()
                            + " failed on cpu while running: node without a name (Gather): indices element out of data"
                            + " bounds, idx=7 must be within the inclusive range [-3,2]",
                    failure.summary());
            assertEquals(
                    Tensor.of(new float[] {30}, 1),
                    model.run(Map.of("index", Tensor.ofLongs(new long[] {2}, 1)))
                            .get("y"));
        }
    }

    @Test
    void callsOfOneShapeDoNotDisturbTheResultsOfEarlierOnes() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            List<Map<String, Tensor>> results = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Tensor a = Tensor.of(new float[] {i, 2 * i, 3 * i, 4 * i}, 1, 4);
                Tensor b = Tensor.of(new float[] {1, 1, 1, 1}, 1, 4);
                results.add(model.run(Map.of("a", a, "b", b)));
            }
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        Map.of(
                                "sum", Tensor.of(new float[] {i + 1, 2 * i + 1, 3 * i + 1, 4 * i + 1}, 1, 4),
                                "difference", Tensor.of(new float[] {i - 1, 2 * i - 1, 3 * i - 1, 4 * i - 1}, 1, 4)),
                        results.get(i));
            }
        }
    }

    @Test
    void outputsComeInTheOrderAskedForHoweverTheCallsBeforeAsked() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            Map<String, Tensor> given = Map.of("a", A, "b", B);
            for (List<String> wanted : List.of(
                    List.of("sum", "difference"),
                    List.of("sum", "difference"),
                    List.of("difference", "sum"),
                    List.of("difference", "sum"),
                    List.of("sum"),
                    List.of("difference"),
                    List.of("difference"))) {
                Map<String, Tensor> outputs = model.run(given, new LinkedHashSet<>(wanted));
                assertEquals(wanted, List.copyOf(outputs.keySet()));
                for (String name : wanted) {
                    assertEquals(model.run(given).get(name), outputs.get(name));
                }
            }
        }
    }

    @Test
    void aShapeThatDependsOnTheValuesIsRightThoughTheFileSaysOtherwise() throws Exception {
        try (OnnxModel model = Fixtures.model("places.onnx")) {
            for (float[] x : new float[][] {{1, 2}, {3, 4}, {0, 5}, {0, 0}, {6, 7}, {0, 0, 8}, {9, 0, 0}}) {
                long[] places = IntStream.range(0, x.length)
                        .filter(i -> x[i] != 0)
                        .mapToLong(i -> i)
                        .toArray();
                float[] negated = new float[x.length];
                for (int i = 0; i < x.length; i++) {
                    negated[i] = -x[i];
                }
                assertEquals(
                        Map.of(
                                "places", Tensor.ofLongs(places, 1, places.length),
                                "y", Tensor.of(negated, x.length)),
                        model.run(Map.of("x", Tensor.of(x, x.length))));
            }
        }
    }

    @Test
    void anOutputThatIsAnInputComesBackEachTime() throws Exception {
        try (OnnxModel model = Fixtures.model("through.onnx")) {
            for (int i = 1; i < 6; i++) {
                Tensor x = Tensor.of(new float[] {i, 10 * i}, 2);
                assertEquals(Map.of("x", x, "y", Tensor.of(new float[] {-i, -10 * i}, 2)), model.run(Map.of("x", x)));
            }
        }
    }

    @Test
    void aFailureAmongCallsOfOneShapeIsToldAndTheModelGoesOn() throws Exception {
        try (OnnxModel model = Fixtures.model("gather.onnx")) {
            for (long index : new long[] {0, 1, 7, 2, 0, 7, 1}) {
                Map<String, Tensor> given = Map.of("index", Tensor.ofLongs(new long[] {index}, 1));
                if (index == 7) {
                    assertEquals(
                            JZooException.Code.BAD_INPUT,
                            assertThrows(JZooException.class, () -> model.run(given))
                                    .code());
                } else {
                    assertEquals(Map.of("y", Tensor.of(new float[] {10 * (index + 1)}, 1)), model.run(given));
                }
            }
        }
    }

    @Test
    void afterACallThatFitsOneThatDoesNotIsRefused() throws Exception {
        try (OnnxModel model = Fixtures.model("add.onnx")) {
            Map<String, Tensor> fits = Map.of("a", A, "b", B);
            model.run(fits);
            model.run(fits);
            for (Map<String, Tensor> wrong : List.of(
                    Map.of("a", A),
                    Map.of("a", A, "c", B),
                    Map.of("a", A, "b", B, "c", B),
                    Map.of("a", A, "b", Tensor.ofInts(new int[8], 2, 4)),
                    Map.of("a", A, "b", Tensor.of(new float[8], 4, 2)))) {
                assertThrows(IllegalArgumentException.class, () -> model.run(wrong));
            }
            assertThrows(IllegalArgumentException.class, () -> model.run(fits, Set.of("sum", "product")));
            assertEquals(Set.of("sum", "difference"), model.run(fits).keySet());
        }
    }
}
