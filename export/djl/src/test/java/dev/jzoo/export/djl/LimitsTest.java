package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.pooling.Pool;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests features of DJL that an export does not support. They are refused by name, with the reason that the page of
 * operators lists.
 */
class LimitsTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo MATRIX = floats("batch", 5);
    private static final ValueInfo PICTURE = floats("batch", 3, "height", "width");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /**
     * @param part name of the row in the page, as in the contract suites
     * @param primitive primitive that is refused
     */
    private static DynamicTest refuses(
            String part, String primitive, String reason, Function<NDArray, NDArray> function, ValueInfo input) {
        return DynamicTest.dynamicTest(part + ": " + reason, () -> {
            LambdaBlock block = new LambdaBlock(list -> new NDList(function.apply(list.head())));
            var failure = assertThrows(UnsupportedNetworkException.class, () -> Cases.export(block, input));
            assertEquals(List.of(primitive + ": " + reason), failure.parts());
            Coverage.limit("DJL primitives", part, reason);
        });
    }

    @TestFactory
    Stream<DynamicTest> primitivesWithoutAnOnnxFormAreNamed() {
        return Stream.of(
                refuses("norm", "norm", "a norm of order 0.0", x -> x.norm(0, new int[] {1}, true), MATRIX),
                refuses(
                        "get by a tensor",
                        "get",
                        "an index with two tensors; use gatherNd",
                        x -> x.get(new NDIndex("{}, {}", x.argMax(0), x.argMax(0))),
                        floats(5, 5)),
                refuses(
                        "average pool with padding, rounded up",
                        "avgPool",
                        "padding with ceilMode over axes of open size: the reach of the last window depends on"
                                + " the sizes; declare them as fixed",
                        x -> Pool.avgPool2d(x, new Shape(3, 2), new Shape(2, 2), new Shape(1, 1), true, true),
                        PICTURE),
                refuses(
                        "smaller, mode 1",
                        "interpolation",
                        "smoothing of a picture whose size is not fixed",
                        x -> x.getNDArrayInternal().interpolation(new long[] {2, 2}, 1, false),
                        PICTURE));
    }
}
