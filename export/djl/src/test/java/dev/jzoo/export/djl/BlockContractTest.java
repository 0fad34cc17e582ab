package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.core.LinearCollection;
import ai.djl.nn.core.Multiplication;
import ai.djl.nn.core.SparseMax;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.GhostBatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.recurrent.RecurrentBlock;
import ai.djl.nn.transformer.BertBlock;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares each block of DJL with its ONNX form. */
class BlockContractTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo SIGNAL = floats("batch", 3, 9);
    private static final ValueInfo PICTURE = floats("batch", 4, "height", "width");
    private static final ValueInfo FIXED_PICTURE = floats("batch", 4, 9, 7);
    private static final ValueInfo VOLUME = floats("batch", 2, 5, 7, 6);
    private static final ValueInfo SEQUENCE = floats("batch", "time", 6);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @TestFactory
    List<DynamicTest> linearAndConvolution() {
        return new Cases(MANAGER)
                .block("linear", () -> Linear.builder().setUnits(3).build(), floats("batch", 5))
                .block(
                        "linear without bias",
                        () -> Linear.builder().setUnits(3).optBias(false).build(),
                        floats("batch", 5))
                .block("linear of sequences", () -> Linear.builder().setUnits(3).build(), SEQUENCE)
                .block(
                        "linear of sequences without bias",
                        () -> Linear.builder().setUnits(3).optBias(false).build(),
                        SEQUENCE)
                .block(
                        "linear collection",
                        () -> LinearCollection.builder().setUnits(3).build(),
                        floats("batch", 4, 5))
                .block(
                        "multiplication",
                        () -> Multiplication.builder().setUnits(3).build(),
                        floats("batch", 5))
                .block(
                        "convolution of signals",
                        () -> Conv1d.builder()
                                .setKernelShape(new Shape(3))
                                .setFilters(5)
                                .optStride(new Shape(2))
                                .optPadding(new Shape(1))
                                .build(),
                        SIGNAL)
                .block(
                        "convolution",
                        () -> Conv2d.builder()
                                .setKernelShape(new Shape(3, 2))
                                .setFilters(5)
                                .build(),
                        PICTURE)
                .block(
                        "convolution with stride, padding, dilation",
                        () -> Conv2d.builder()
                                .setKernelShape(new Shape(3, 2))
                                .setFilters(5)
                                .optStride(new Shape(2, 1))
                                .optPadding(new Shape(1, 2))
                                .optDilation(new Shape(1, 2))
                                .build(),
                        PICTURE)
                .block(
                        "convolution in groups without bias",
                        () -> Conv2d.builder()
                                .setKernelShape(new Shape(3, 3))
                                .setFilters(8)
                                .optGroups(4)
                                .optBias(false)
                                .build(),
                        PICTURE)
                .block(
                        "convolution of volumes",
                        () -> Conv3d.builder()
                                .setKernelShape(new Shape(2, 3, 2))
                                .setFilters(3)
                                .optPadding(new Shape(1, 0, 1))
                                .build(),
                        VOLUME)
                .tests();
    }

    @TestFactory
    List<DynamicTest> normalisation() {
        return new Cases(MANAGER)
                .block("batch norm", () -> BatchNorm.builder().build(), PICTURE)
                .block(
                        "batch norm of features",
                        () -> BatchNorm.builder().optEpsilon(0.01f).build(),
                        floats("batch", 5))
                .block(
                        "batch norm of the last axis",
                        () -> BatchNorm.builder().optAxis(2).build(),
                        SEQUENCE)
                .block(
                        "batch norm without scale and centre",
                        () -> BatchNorm.builder()
                                .optScale(false)
                                .optCenter(false)
                                .build(),
                        PICTURE)
                .block(
                        "ghost batch norm",
                        () -> GhostBatchNorm.builder().optVirtualBatchSize(16).build(),
                        floats("batch", 5))
                .block("layer norm", () -> LayerNorm.builder().axis(2).build(), SEQUENCE)
                .block("layer norm of several axes", () -> LayerNorm.builder().build(), floats("batch", 4, 5))
                .block(
                        "layer norm without scale and centre",
                        () -> LayerNorm.builder()
                                .optScale(false)
                                .optCenter(false)
                                .axis(2)
                                .build(),
                        SEQUENCE)
                .block(
                        "dropout",
                        () -> new SequentialBlock()
                                .add(Linear.builder().setUnits(4).build())
                                .add(Dropout.builder().optRate(0.5f).build()),
                        floats("batch", 5))
                .block("sparse max", () -> new SparseMax(-1), floats("batch", 5))
                .block("sparse max of the largest", () -> new SparseMax(-1, 3), floats("batch", 5))
                .tests();
    }

    @TestFactory
    List<DynamicTest> pooling() {
        Shape window = new Shape(3, 2);
        Shape stride = new Shape(2, 2);
        Shape padding = new Shape(1, 1);
        Cases cases = new Cases(MANAGER);
        for (boolean ceiling : new boolean[] {false, true}) {
            String name = ceiling ? ", rounded up" : "";
            cases.primitive("max pool" + name, x -> Pool.maxPool2d(x, window, stride, padding, ceiling), PICTURE)
                    .primitive(
                            "average pool without padding" + name,
                            x -> Pool.avgPool2d(x, window, stride, new Shape(0, 0), ceiling, true),
                            PICTURE)
                    .primitive(
                            "lp pool" + name,
                            x -> Pool.lpPool2d(x, 2, window, stride, new Shape(0, 0), ceiling),
                            FIXED_PICTURE);
        }
        return cases.primitive(
                        "average pool with padding, rounded up",
                        x -> Pool.avgPool2d(x, window, stride, padding, true, true),
                        FIXED_PICTURE)
                .primitive(
                        "average pool that counts padding",
                        x -> Pool.avgPool2d(x, window, stride, padding, false, true),
                        PICTURE)
                .primitive(
                        "average pool told not to count padding",
                        x -> Pool.avgPool2d(x, window, stride, padding, false, false),
                        PICTURE)
                .primitive(
                        "lp pool of odd order",
                        x -> Pool.lpPool2d(x.abs(), 3, window, stride, new Shape(0, 0), false),
                        FIXED_PICTURE)
                .primitive(
                        "max pool of signals",
                        x -> Pool.maxPool1d(x, new Shape(3), new Shape(2), new Shape(1), false),
                        SIGNAL)
                .primitive(
                        "average pool of signals",
                        x -> Pool.avgPool1d(x, new Shape(3), new Shape(2), new Shape(1), false, false),
                        SIGNAL)
                .primitive(
                        "max pool of volumes",
                        x -> Pool.maxPool3d(x, new Shape(2, 3, 2), new Shape(1, 2, 2), new Shape(0, 1, 1), false),
                        VOLUME)
                .primitive(
                        "average pool of volumes",
                        x -> Pool.avgPool3d(
                                x, new Shape(2, 3, 2), new Shape(1, 2, 2), new Shape(0, 1, 1), false, false),
                        VOLUME)
                .primitive("global max pool", Pool::globalMaxPool2d, PICTURE)
                .primitive("global average pool", Pool::globalAvgPool2d, PICTURE)
                .primitive("global lp pool", x -> Pool.globalLpPool2d(x, 2), FIXED_PICTURE)
                .primitive(
                        "global pools of signals", x -> Pool.globalMaxPool1d(x).add(Pool.globalAvgPool1d(x)), SIGNAL)
                .primitive(
                        "global pools of volumes", x -> Pool.globalMaxPool3d(x).add(Pool.globalAvgPool3d(x)), VOLUME)
                .tests();
    }

    @TestFactory
    List<DynamicTest> resizing() {
        Cases cases = new Cases(MANAGER);
        for (int mode = 0; mode < 4; mode++) {
            int kind = mode;
            cases.primitive(
                            "larger, mode " + mode,
                            x -> x.getNDArrayInternal().interpolation(new long[] {13, 14}, kind, true),
                            FIXED_PICTURE)
                    .primitive(
                            "smaller, mode " + mode,
                            x -> x.getNDArrayInternal().interpolation(new long[] {4, 3}, kind, false),
                            FIXED_PICTURE)
                    .primitive(
                            "smaller and larger, mode " + mode,
                            x -> x.getNDArrayInternal().interpolation(new long[] {4, 20}, kind, false),
                            FIXED_PICTURE);
        }
        return cases.primitive(
                        "twice an open size",
                        x -> x.getNDArrayInternal().interpolation(new long[] {2 * x.size(2), 2 * x.size(3)}, 1, false),
                        PICTURE)
                .primitive("channels last", x -> x.getNDArrayInternal().resize(5, 4, 1), floats("batch", 9, 7, 3))
                .primitive(
                        "channels last without batch",
                        x -> x.getNDArrayInternal().resize(11, 12, 1),
                        floats(9, 7, 3))
                .tests();
    }

    private static <B extends RecurrentBlock.BaseBuilder<B>> B recurrent(B builder, int layers) {
        return builder.setStateSize(4).setNumLayers(layers);
    }

    @TestFactory
    List<DynamicTest> recurrent() {
        Cases cases = new Cases(MANAGER);
        ValueInfo timeFirst = floats("time", "batch", 6);
        for (int layers = 1; layers <= 2; layers++) {
            int count = layers;
            String name = " of " + layers + " layers";
            cases.block("LSTM" + name, () -> recurrent(LSTM.builder(), count).build(), SEQUENCE)
                    .block("GRU" + name, () -> recurrent(GRU.builder(), count).build(), SEQUENCE)
                    .block(
                            "RNN with tanh" + name,
                            () -> recurrent(RNN.builder().setActivation(RNN.Activation.TANH), count)
                                    .build(),
                            SEQUENCE)
                    .growing(
                            "RNN with relu" + name,
                            () -> recurrent(RNN.builder().setActivation(RNN.Activation.RELU), count)
                                    .build(),
                            SEQUENCE)
                    .block(
                            "LSTM with its states" + name,
                            () -> recurrent(LSTM.builder(), count)
                                    .optReturnState(true)
                                    .build(),
                            SEQUENCE)
                    .block(
                            "GRU with its states" + name,
                            () -> recurrent(GRU.builder(), count)
                                    .optReturnState(true)
                                    .build(),
                            SEQUENCE)
                    .block(
                            "RNN with its states" + name,
                            () -> recurrent(RNN.builder().setActivation(RNN.Activation.TANH), count)
                                    .optReturnState(true)
                                    .build(),
                            SEQUENCE)
                    .block(
                            "bidirectional LSTM" + name,
                            () -> recurrent(LSTM.builder(), count)
                                    .optBidirectional(true)
                                    .optHasBiases(false)
                                    .optReturnState(true)
                                    .build(),
                            SEQUENCE)
                    .block(
                            "bidirectional GRU" + name,
                            () -> recurrent(GRU.builder(), count)
                                    .optBidirectional(true)
                                    .optHasBiases(false)
                                    .build(),
                            SEQUENCE)
                    .growing(
                            "bidirectional RNN" + name,
                            () -> recurrent(RNN.builder().setActivation(RNN.Activation.RELU), count)
                                    .optBidirectional(true)
                                    .optHasBiases(false)
                                    .build(),
                            SEQUENCE);
        }
        ValueInfo hidden = input("hidden", DataType.FLOAT, 2, "batch", 4);
        ValueInfo cell = input("cell", DataType.FLOAT, 2, "batch", 4);
        return cases.block(
                        "LSTM, time first",
                        () -> recurrent(LSTM.builder(), 1).optBatchFirst(false).build(),
                        timeFirst)
                .block(
                        "LSTM with given states",
                        () -> recurrent(LSTM.builder(), 2).optReturnState(true).build(),
                        SEQUENCE,
                        hidden,
                        cell)
                .block("GRU with given state", () -> recurrent(GRU.builder(), 2).build(), SEQUENCE, hidden)
                .block("the last cell state alone", BlockContractTest::lastCell, SEQUENCE)
                .tests();
    }

    private static SequentialBlock lastCell() {
        return new SequentialBlock()
                .add(recurrent(LSTM.builder(), 2).optReturnState(true).build())
                .add(list -> new NDList(list.get(list.size() - 1)));
    }

    @TestFactory
    List<DynamicTest> transformers() {
        ValueInfo tokens = input("tokens", DataType.INT64, "batch", "time");
        ValueInfo square = input("mask", DataType.INT64, "batch", "time", "time");
        ValueInfo wide = floats("batch", "time", 8);
        ValueInfo memory = input("query", DataType.FLOAT, "batch", "queries", 8);
        ValueInfo value = input("value", DataType.FLOAT, "batch", "time", 8);
        Supplier<ScaledDotProductAttentionBlock> attention = () -> ScaledDotProductAttentionBlock.builder()
                .setEmbeddingSize(8)
                .setHeadCount(2)
                .optAttentionProbsDropoutProb(0.1f)
                .build();
        return new Cases(MANAGER)
                .block(
                        "embedding",
                        () -> new IdEmbedding.Builder()
                                .setDictionarySize(9)
                                .setEmbeddingSize(5)
                                .build(),
                        tokens)
                .block("self attention", attention, wide)
                .block("self attention with a mask", attention, wide, square)
                .block("attention of another sequence", attention, wide, memory, value)
                .block(
                        "transformer encoder",
                        () -> new TransformerEncoderBlock(8, 2, 12, 0.1f, ai.djl.nn.Activation::gelu),
                        wide)
                .block(
                        "BERT",
                        () -> BertBlock.builder()
                                .setTokenDictionarySize(11)
                                .optEmbeddingSize(8)
                                .optTransformerBlockCount(2)
                                .optAttentionHeadCount(2)
                                .optHiddenSize(16)
                                .optMaxSequenceLength(5)
                                .build(),
                        fixed("tokens"),
                        fixed("types"),
                        fixed("mask"))
                .tests();
    }

    /** DJL's BERT adds its whole table of positions, so the sequence must have the table's length. */
    private static ValueInfo fixed(String name) {
        return input(name, DataType.INT64, "batch", 5);
    }

    @TestFactory
    List<DynamicTest> containers() {
        return new Cases(MANAGER)
                .block(
                        "several inputs and outputs",
                        () -> new ParallelBlock(
                                lists -> new NDList(
                                        lists.get(0).head().add(lists.get(1).head()),
                                        lists.get(1).head()),
                                List.of(
                                        Linear.builder().setUnits(3).build(),
                                        Linear.builder().setUnits(3).build())),
                        floats("batch", 5))
                .block("a block used twice", BlockContractTest::shared, floats("batch", 4))
                .block(
                        "intermediate results",
                        () -> new SequentialBlock()
                                .add(Linear.builder().setUnits(3).build())
                                .add(new LambdaBlock(
                                        list -> new NDList(list.head().neg())))
                                .setReturnIntermediate(true),
                        floats("batch", 4))
                .lambda(
                        "an input as output, twice",
                        list -> new NDList(list.head(), list.head(), list.head().neg()),
                        floats("batch", 4))
                .lambda(
                        "a constant as output",
                        list -> new NDList(
                                list.head().neg(), list.head().getManager().ones(new Shape(2, 3))),
                        floats("batch", 4))
                .lambda(
                        "one result as two outputs",
                        list -> {
                            NDList twice = new NDList(list.head().neg());
                            twice.add(twice.head());
                            return twice;
                        },
                        floats("batch", 4))
                .tests();
    }

    private static SequentialBlock shared() {
        Linear linear = Linear.builder().setUnits(4).build();
        return new SequentialBlock()
                .add(linear)
                .add(new LambdaBlock(list -> new NDList(list.head().tanh())))
                .add(linear);
    }
}
