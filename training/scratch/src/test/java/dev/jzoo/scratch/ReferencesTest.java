package dev.jzoo.scratch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.scratch.checking.GradientCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer and loss beside finite differences, and beside the same function in DJL's PyTorch. */
class ReferencesTest {

    private static int gradientChecks;
    private static int derivatives;
    private static int comparisons;
    private static double worstCheck;
    private static double worstComparison;

    static List<LayerCase> layers() {
        return LayerCases.all();
    }

    static List<LossCase> losses() {
        return LossCase.all();
    }

    @AfterAll
    static void printCounts() {
        System.out.printf(
                "%d gradient checks of %d derivatives (worst %.1e), %d comparisons with DJL (worst %.1e)%n",
                gradientChecks, derivatives, worstCheck, comparisons, worstComparison);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsOfALayerAreFiniteDifferences(LayerCase layer) {
        Array r = outputGradient(layer);
        check(GradientCheck.of(layer.layer(), layer.phase(), layer.input(), r));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientOfALossIsItsFiniteDifferences(LossCase loss) {
        Array outputs = loss.outputs().copy();
        Array gradient = loss.loss().gradient(outputs, loss.targets());
        check(GradientCheck.compare(() -> loss.loss().value(outputs, loss.targets()), outputs, gradient));
    }

    private static void check(GradientCheck check) {
        gradientChecks++;
        derivatives += check.count();
        worstCheck = Math.max(worstCheck, check.worst());
        assertTrue(check.worst() <= 1e-6, "differs by " + check.worst());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void outputAndGradientsOfALayerAreThoseOfDjl(LayerCase layer) {
        Array r = outputGradient(layer);
        List<Array> at = new ArrayList<>();
        at.add(layer.input());
        layer.layer().weights().forEach(weight -> at.add(weight.value()));
        List<Array> expected =
                Djl.valueAndGradients(arrays -> layer.djl().of(arrays.get(0), arrays.subList(1, arrays.size())), at, r);
        Array output = layer.layer().forward(layer.input(), layer.phase());
        Array inputGradient = layer.layer().backward(r);
        compare("output", expected.get(0), output);
        compare("dL/dx", expected.get(1), inputGradient);
        for (int i = 2; i < expected.size(); i++) {
            Weight weight = layer.layer().weights().get(i - 2);
            compare("dL/d" + weight.name(), expected.get(i), weight.gradient());
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void valueAndGradientOfALossAreThoseOfDjl(LossCase loss) {
        List<Array> expected = Djl.valueAndGradients(
                arrays -> loss.djl().apply(Djl.of(arrays.get(0).getManager(), loss.targets()), arrays.get(0)),
                List.of(loss.outputs()),
                Array.of(new double[] {1}));
        double value = loss.loss().value(loss.outputs(), loss.targets());
        compare("loss", expected.get(0), Array.of(new double[] {value}, 1));
        compare("gradient", expected.get(1), loss.loss().gradient(loss.outputs(), loss.targets()));
    }

    private static void compare(String what, Array expected, Array actual) {
        comparisons++;
        double difference = Djl.difference(expected, actual);
        worstComparison = Math.max(worstComparison, difference);
        assertTrue(difference <= 1e-9, what + " differs by " + difference);
    }

    private static Array outputGradient(LayerCase layer) {
        Array output = layer.layer().forward(layer.input(), NeuralLayer.Phase.INFERENCE);
        return WeightInit.normal(1).draw(new Random(19), 1, 1, output.shape());
    }
}
