package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.SymbolBlock;
import ai.djl.nn.convolutional.Conv2dTranspose;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.Prelu;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.UnsupportedNetworkException;
import dev.jzoo.onnx.ValueInfo;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that parts without an ONNX form are reported with place and reason, all at once, and that no file is written.
 */
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

    /** Exports a function that DJL cannot run when a block is initialised. */
    private static UnsupportedNetworkException refusalAlone(Function<NDArray, NDArray> function) {
        return assertThrows(
                UnsupportedNetworkException.class,
                () -> Cases.export(new LambdaBlock(list -> new NDList(function.apply(list.head()))), INPUT));
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
    void asManyValuesAsAMaskHasPlacesAreRefused() {
        UnsupportedNetworkException e = refusal(x -> {
            NDArray y = x.duplicate();
            y.set(new NDIndex("{}", x.gt(0)), x.get(x.gt(0)));
            return y;
        });
        assertTrue(e.getMessage().contains("an index of booleans"), e.getMessage());
    }

    @Test
    void layersInTrainingModeAreRefused() {
        UnsupportedNetworkException dropout =
                refusal(x -> x.getNDArrayInternal().dropout(x, 0.5f, true).head());
        assertTrue(dropout.getMessage().contains("drops values at random"), dropout.getMessage());
        NDArray ones = MANAGER.ones(new Shape(4));
        UnsupportedNetworkException norm = refusal(x -> x.getNDArrayInternal()
                .batchNorm(x, ones.duplicate(), ones.duplicate(), ones, ones, 1, 0.9f, 1e-5f, true)
                .head());
        assertTrue(norm.getMessage().contains("by the statistics of the batch"), norm.getMessage());
    }

    @Test
    void whatOnnxLacksIsRefusedWithTheReason() {
        assertTrue(refusalAlone(x -> x.transpose().matMul(x).inverse())
                .getMessage()
                .contains("no inverse of a matrix"));
        assertTrue(refusal(NDArray::erfinv).getMessage().contains("no inverse of the error function"));
        assertTrue(refusal(NDArray::median).getMessage().contains("no percentiles"));
    }

    /** The function runs while it is recorded, because an in-place write is recorded as a new array. */
    @Test
    void whatTheEngineLacksInPlaceIsRefused() {
        UnsupportedNetworkException e = refusalAlone(x -> x.getNDArrayInternal().rpowi(2));
        assertEquals(List.of("rpowi: the engine does not implement it (Not implemented)"), e.parts());
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
        for (Function<NDArray, NDArray> drawing : List.<Function<NDArray, NDArray>>of(
                x -> x.add(x.getManager().randomNormal(new Shape(4))),
                x -> x.add(x.getManager().randomUniform(0, 1, new Shape(1))),
                x -> x.mul(x.getManager().truncatedNormal(new Shape(4))))) {
            UnsupportedNetworkException e = refusalAlone(drawing);
            assertTrue(e.getMessage().contains("it draws random numbers"), e.getMessage());
        }
        UnsupportedNetworkException lacking = refusalAlone(x -> x.getManager().sampleNormal(x, x.exp()));
        assertTrue(
                lacking.getMessage().contains("sampleNormal: the engine does not implement it"), lacking.getMessage());
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
    void halfInitialisedBlockIsRefusedNamingWhatHasNoValues() {
        Linear first = Linear.builder().setUnits(4).build();
        first.initialize(MANAGER, DataType.FLOAT32, new Shape(1, 4));
        Block block = new SequentialBlock()
                .add(first)
                .add(Linear.builder().setUnits(3).build());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Cases.export(block, INPUT));
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "Cannot export the block, because it is not initialised: 02Linear.bias, 02Linear.weight"
                                        + " have no values."),
                e.getMessage());
    }

    @Test
    void weightsThatAreNoNumbersAreRefusedByName() throws Exception {
        Linear broken = Linear.builder().setUnits(3).build();
        broken.setInitializer(new ConstantInitializer(Float.POSITIVE_INFINITY), Parameter.Type.WEIGHT);
        Block block =
                new SequentialBlock().add(Linear.builder().setUnits(4).build()).add(broken);
        DisagreementException e = assertThrows(
                DisagreementException.class, () -> Cases.export(Cases.initialised(MANAGER, block, 0, INPUT), INPUT));
        assertTrue(e.getMessage().contains("NaN or infinite values in the weights 02Linear.weight."), e.getMessage());
    }

    /** The script {@code src/test/resources/torchscript/make.py} creates the file. */
    @Test
    void compiledBlocksAreRefusedByTheirPlace() throws Exception {
        try (Model model = Model.newInstance("linear", "PyTorch")) {
            model.load(Path.of(
                    RefusalTest.class.getResource("/torchscript/linear.pt").toURI()));
            Block block = new SequentialBlock().add(new SequentialBlock().add(model.getBlock()));
            UnsupportedNetworkException e =
                    assertThrows(UnsupportedNetworkException.class, () -> Cases.export(block, INPUT));
            assertEquals(
                    List.of("01SequentialBlock.01PtSymbolBlock.PtSymbolBlock: its weights are inside a compiled"
                            + " TorchScript or ONNX file"),
                    e.parts());
        }
    }

    /** A block of DJL's engine for ONNX Runtime throws an exception if it is asked for parameters. */
    @Test
    void blocksOfOnnxFilesAreRefusedWithAdvice() {
        SymbolBlock compiled = (SymbolBlock) Proxy.newProxyInstance(
                RefusalTest.class.getClassLoader(), new Class<?>[] {SymbolBlock.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("hashCode") ? (Object) 1 : (Object) (proxy == arguments[0]);
                    }
                    throw new UnsupportedOperationException("Not supported for ONNX");
                });
        UnsupportedNetworkException e = assertThrows(
                UnsupportedNetworkException.class,
                () -> OnnxExporter.of(new SequentialBlock().add(compiled)).export());
        assertEquals(1, e.parts().size());
        assertTrue(e.parts().get(0).contains("inside a compiled TorchScript or ONNX file"), e.getMessage());
        assertTrue(e.hint().contains("If the block was loaded from an ONNX file, use that file."), e.hint());
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
