package dev.jzoo.cli.damage;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.embedding.TrainableWordEmbedding;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.ScaledDotProductAttentionBlock;
import ai.djl.util.Pair;
import dev.jzoo.export.InputValues;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Small DJL networks of the usual kinds. */
final class DjlNetworks {

    private static final List<Dimension> PICTURE = Dimension.batchOf(3, 12, 12);
    private static final List<Dimension> SEQUENCE = List.of(Dimension.BATCH, Dimension.of("time"), Dimension.of(4));

    private final NDManager manager;

    DjlNetworks(NDManager manager) {
        this.manager = manager;
    }

    private static Linear dense(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Conv2d convolution(int size, int filters) {
        return Conv2d.builder()
                .setKernelShape(new Shape(size, size))
                .setFilters(filters)
                .build();
    }

    private static Function<NDList, NDList> of(Function<NDArray, NDArray> function) {
        return list -> new NDList(function.apply(list.head()));
    }

    private ExportedNetwork real(String name, Supplier<Block> block, List<Dimension> shape) {
        return network(name, block, dev.jzoo.onnx.DataType.FLOAT, shape, InputValues.unknown());
    }

    private ExportedNetwork network(
            String name,
            Supplier<Block> block,
            dev.jzoo.onnx.DataType type,
            List<Dimension> shape,
            InputValues values) {
        Block made = block.get();
        manager.getEngine().setRandomSeed(name.hashCode());
        made.initialize(
                manager,
                DataType.FLOAT32,
                new Shape(shape.stream()
                        .mapToLong(axis -> axis instanceof Dimension.FixedDimension fixed ? fixed.size() : 5)
                        .toArray()));
        for (Pair<String, Parameter> pair : made.getParameters()) {
            trained(pair.getValue());
        }
        return new ExportedNetwork(
                "DJL " + name, () -> made, List.of(new ValueInfo("x", type, shape)), List.of(values));
    }

    /** Sets statistics, scales and biases as after some training. */
    private void trained(Parameter parameter) {
        NDArray array = parameter.getArray();
        switch (parameter.getType()) {
            case RUNNING_VAR, GAMMA ->
                array.set(manager.randomUniform(0.5f, 1.5f, array.getShape()).toByteBuffer());
            case RUNNING_MEAN, BETA, BIAS ->
                array.set(manager.randomUniform(-0.5f, 0.5f, array.getShape()).toByteBuffer());
            default -> {}
        }
    }

    List<ExportedNetwork> all() {
        return List.of(
                real(
                        "perceptron",
                        () -> new SequentialBlock()
                                .add(dense(16))
                                .add(Activation::relu)
                                .add(dense(3)),
                        Dimension.batchOf(4)),
                real(
                        "deep perceptron",
                        () -> new SequentialBlock()
                                .add(dense(12))
                                .add(Activation::relu)
                                .add(dense(12))
                                .add(Activation::relu)
                                .add(dense(12))
                                .add(Activation::relu)
                                .add(dense(2)),
                        Dimension.batchOf(6)),
                real(
                        "classifier of 200 classes",
                        () -> new SequentialBlock()
                                .add(dense(10))
                                .add(Activation::tanh)
                                .add(dense(200))
                                .add(of(x -> x.softmax(1))),
                        Dimension.batchOf(5)),
                real(
                        "regression of small numbers",
                        () -> new SequentialBlock()
                                .add(dense(8))
                                .add(Activation::sigmoid)
                                .add(dense(1))
                                .add(of(x -> x.mul(1e-4))),
                        Dimension.batchOf(5)),
                real(
                        "activations in turn",
                        () -> new SequentialBlock()
                                .add(dense(9))
                                .add(Activation.leakyReluBlock(0.2f))
                                .add(dense(9))
                                .add(Activation.eluBlock(0.7f))
                                .add(dense(9))
                                .add(Activation::relu6)
                                .add(dense(9))
                                .add(Activation::selu)
                                .add(dense(3)),
                        Dimension.batchOf(5)),
                real(
                        "logarithm of prices",
                        () -> new SequentialBlock()
                                .add(of(x -> x.abs().add(0.01).log()))
                                .add(dense(8))
                                .add(Activation::relu)
                                .add(dense(1)),
                        Dimension.batchOf(4)),
                real(
                        "layer normalisation",
                        () -> new SequentialBlock()
                                .add(dense(10))
                                .add(LayerNorm.builder().axis(1).build())
                                .add(Activation::gelu)
                                .add(dense(4)),
                        Dimension.batchOf(6)),
                real(
                        "convolutions",
                        () -> new SequentialBlock()
                                .add(convolution(3, 4))
                                .add(BatchNorm.builder().build())
                                .add(Activation::relu)
                                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                                .add(convolution(2, 5))
                                .add(Activation::relu)
                                .add(Pool.globalAvgPool2dBlock())
                                .add(dense(3)),
                        PICTURE),
                real(
                        "convolution in groups, with stride, padding and dilation",
                        () -> new SequentialBlock()
                                .add(Conv2d.builder()
                                        .setKernelShape(new Shape(3, 2))
                                        .setFilters(6)
                                        .optGroups(3)
                                        .optStride(new Shape(2, 1))
                                        .optPadding(new Shape(1, 2))
                                        .optDilation(new Shape(1, 2))
                                        .build())
                                .add(Activation::tanh)
                                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                                .add(Blocks.batchFlattenBlock())
                                .add(dense(2)),
                        PICTURE),
                real(
                        "gated convolution",
                        () -> new SequentialBlock()
                                .add(convolution(2, 4))
                                .add(of(x -> x.mul(Activation.sigmoid(x.flip(1)))))
                                .add(convolution(3, 2)),
                        Dimension.batchOf(2, 5, 6)),
                real(
                        "residual branches",
                        () -> new SequentialBlock()
                                .add(convolution(3, 4))
                                .add(new ParallelBlock(
                                        lists -> new NDList(lists.get(0)
                                                .head()
                                                .add(lists.get(1).head())),
                                        List.of(
                                                new SequentialBlock()
                                                        .add(convolution(1, 4))
                                                        .add(Activation::relu),
                                                Blocks.identityBlock())))
                                .add(Activation::relu)
                                .add(Pool.globalMaxPool2dBlock()),
                        PICTURE),
                real(
                        "convolution of signals",
                        () -> new SequentialBlock()
                                .add(Conv1d.builder()
                                        .setKernelShape(new Shape(4))
                                        .setFilters(5)
                                        .optStride(new Shape(2))
                                        .build())
                                .add(Activation::relu)
                                .add(Pool.globalAvgPool1dBlock())
                                .add(dense(3)),
                        Dimension.batchOf(2, 20)),
                real(
                        "LSTM",
                        () -> new SequentialBlock()
                                .add(LSTM.builder()
                                        .setStateSize(5)
                                        .setNumLayers(1)
                                        .build())
                                .add(of(x -> x.get(":, -1")))
                                .add(dense(2)),
                        SEQUENCE),
                real(
                        "GRU",
                        () -> new SequentialBlock()
                                .add(GRU.builder()
                                        .setStateSize(6)
                                        .setNumLayers(1)
                                        .build())
                                .add(dense(3)),
                        SEQUENCE),
                real(
                        "attention",
                        () -> new SequentialBlock()
                                .add(ScaledDotProductAttentionBlock.builder()
                                        .setEmbeddingSize(4)
                                        .setHeadCount(2)
                                        .optAttentionProbsDropoutProb(0)
                                        .build())
                                .add(dense(2)),
                        Dimension.batchOf(7, 4)),
                network(
                        "words",
                        () -> new SequentialBlock()
                                .add(TrainableWordEmbedding.builder()
                                        .setEmbeddingSize(4)
                                        .setVocabulary(new DefaultVocabulary(IntStream.range(0, 60)
                                                .mapToObj(Integer::toString)
                                                .toList()))
                                        .build())
                                .add(GRU.builder()
                                        .setStateSize(5)
                                        .setNumLayers(1)
                                        .build())
                                .add(of(x -> x.mean(new int[] {1})))
                                .add(dense(3)),
                        dev.jzoo.onnx.DataType.INT64,
                        List.of(Dimension.BATCH, Dimension.of("time")),
                        InputValues.wholeBetween(0, 59)));
    }
}
