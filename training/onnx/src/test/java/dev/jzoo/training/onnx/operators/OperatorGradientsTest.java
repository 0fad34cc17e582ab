package dev.jzoo.training.onnx.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.onnx.DataType;
import dev.jzoo.training.Compute;
import dev.jzoo.training.djl.DjlEngine;
import dev.jzoo.training.testing.FreedMemory;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient of every operator, in every type of floating point, is the slope that two passes near by tell. */
class OperatorGradientsTest {

    @BeforeAll
    static void startEngine() {
        new DjlEngine().start(Compute.standard(), 1);
    }

    static Stream<GradientCase> all() {
        return Stream.concat(GradientCases.all(), NewerGradientCases.all());
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsTheSlope(GradientCase operator) {
        double difference = operator.largestDifference(operator.toString().hashCode(), DataType.DOUBLE);
        assertTrue(difference < 1e-6, "differs by " + difference);
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsTheSlopeInSinglePrecision(GradientCase operator) {
        double difference = operator.largestDifference(operator.toString().hashCode(), DataType.FLOAT);
        assertTrue(difference < 1e-4, "differs by " + difference);
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsTheSlopeInHalfPrecision(GradientCase operator) {
        double difference = operator.largestDifference(operator.toString().hashCode(), DataType.FLOAT16);
        assertTrue(difference < 5e-2, "differs by " + difference);
    }

    /** Numbers in the engine's own arithmetic are read from freed memory if garbage is collected before the backward pass. */
    @ParameterizedTest
    @MethodSource("withNumbers")
    void itIsTheSlopeWhereFreedMemoryIsOverwritten(GradientCase operator) throws Exception {
        double difference = FreedMemory.overwrittenDuring(() -> operator.largestDifference(7, DataType.DOUBLE));
        assertTrue(difference < 1e-6, "differs by " + difference);
    }

    static Stream<GradientCase> withNumbers() {
        Set<String> operators = Set.of(
                "Attention",
                "Clip",
                "Elu",
                "Gelu",
                "GridSample",
                "HardSwish",
                "LRN",
                "LeakyRelu",
                "RMSNormalization",
                "RoiAlign",
                "Selu");
        return all().filter(operator -> operators.contains(operator.opType()));
    }

    @Test
    void everyOperatorIsHeldAgainstDifferencesOrSaysWhyItHasNoGradient() {
        Set<String> held = all().map(GradientCase::opType).collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = new TreeSet<>(Operators.names());
        missing.removeAll(Operators.withoutGradient().keySet());
        missing.removeAll(held);
        assertEquals(Set.of(), missing, "Add a case to GradientCases, or a reason to Operators.withoutGradientTable.");
        held.retainAll(Operators.withoutGradient().keySet());
        assertEquals(Set.of(), held, "Operators that have a gradient after all.");
    }

    @Test
    void noReasonIsGivenForAnOperatorThatIsNotThere() {
        Set<String> unknown = new TreeSet<>(Operators.withoutGradient().keySet());
        unknown.removeAll(Operators.names());
        assertEquals(Set.of("Shape", "Size"), unknown);
    }
}
