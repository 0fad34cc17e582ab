package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Prelu;
import ai.djl.training.initializer.Initializer;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.export.onnx.ValueInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has no ONNX form is named with its place and the reason, all of it at once, and nothing is written. */
class RefusalTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo INPUT = floats("batch", 4);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Block behindLinear(List<Function<NDArray, NDArray>> functions) {
        SequentialBlock block =
                new SequentialBlock().add(Linear.builder().setUnits(4).build());
        functions.forEach(function -> block.add(list -> new NDList(function.apply(list.head()))));
        return Cases.initialised(MANAGER, block, 0, INPUT);
    }

    private static UnsupportedNetworkException refusal(Function<NDArray, NDArray> function) {
        return assertThrows(
                UnsupportedNetworkException.class, () -> Cases.export(behindLinear(List.of(function)), INPUT));
    }

    @Test
    void allPartsAreNamedAtOnceWithTheirPlaceAndNothingIsWritten(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.onnx");
        Block block = behindLinear(
                List.of(NDArray::erfinv, x -> x.booleanMask(x.gt(0)).sum().add(x), NDArray::gammaln));
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class, () -> OnnxExporter.of(block).write(file));
        assertEquals(3, e.parts().size(), e.getMessage());
        assertTrue(e.parts().get(0).startsWith("02LambdaBlock, erfinv"), e.getMessage());
        assertTrue(e.parts().get(1).startsWith("03LambdaBlock, booleanMask"), e.getMessage());
        assertTrue(e.parts().get(2).startsWith("04LambdaBlock, gammaln"), e.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void writingIntoAnArrayIsRefused() {
        UnsupportedNetworkException e = refusal(x -> {
            x.set(new NDIndex(":, 0"), 1);
            return x;
        });
        assertTrue(e.getMessage().contains("02LambdaBlock, set: it writes into an array"), e.getMessage());
    }

    @Test
    void anIndexOfBooleansIsRefused() {
        assertTrue(refusal(x -> x.get(x.gt(0)).sum().add(x)).getMessage().contains("booleans"));
    }

    @Test
    void spectraAreRefused() {
        assertTrue(refusal(x -> x.rfft(4, 1).real()).getMessage().contains("complex"));
    }

    @Test
    void chanceIsRefused() {
        UnsupportedNetworkException e = refusal(x -> x.add(x.getManager().randomNormal(new Shape(4))));
        assertTrue(e.getMessage().contains("chance"), e.getMessage());
    }

    @Test
    void anotherWayForAnotherSizeIsRefused() {
        UnsupportedNetworkException e = refusal(x -> x.size(0) > 2 ? x.neg() : x.abs());
        assertTrue(e.getMessage().contains("abs for one size and neg for another"), e.getMessage());
    }

    @Test
    void whatTheEngineItselfLacksIsRefused() {
        Block slopes = new Prelu();
        slopes.setInitializer(Initializer.ONES, parameter -> true);
        UnsupportedNetworkException prelu = assertThrows(
                UnsupportedNetworkException.class,
                () -> Cases.export(Cases.initialised(MANAGER, slopes, 0, INPUT), INPUT));
        assertTrue(prelu.getMessage().contains("prelu: the engine does not implement it"), prelu.getMessage());
        ValueInfo picture = floats("batch", 2, 5, 4);
        Block transposed = Cases.initialised(
                MANAGER,
                Conv2dTranspose.builder()
                        .setKernelShape(new Shape(2, 2))
                        .setFilters(3)
                        .build(),
                0,
                picture);
        UnsupportedNetworkException e =
                assertThrows(UnsupportedNetworkException.class, () -> Cases.export(transposed, picture));
        assertTrue(e.getMessage().contains("deconvolution"), e.getMessage());
    }

    @Test
    void theNetworkIsAsItWasAfterAnExport() throws Exception {
        Block block = behindLinear(List.of(NDArray::neg));
        List<Block> before = block.getChildren().values();
        Cases.export(block, INPUT);
        assertEquals(before, block.getChildren().values());
        assertThrows(
                UnsupportedNetworkException.class, () -> Cases.export(behindLinear(List.of(NDArray::erfinv)), INPUT));
    }
}
