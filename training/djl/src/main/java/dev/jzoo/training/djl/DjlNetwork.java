package dev.jzoo.training.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A builder of networks for DJL. Sequences are [batch, channels, length] between layers, but [batch, length, channels]
 * around recurrent layers, which require this order.
 */
final class DjlNetwork {

    private final InitialWeights weights;
    private final List<Parameter> fixed = new ArrayList<>();

    DjlNetwork(InitialWeights weights) {
        this.weights = weights;
    }

    /**
     * Builds the network with its initial weights, owned by the manager.
     *
     * @param inputShape shape of one example, as the block reads it
     */
    Block block(Network network, long[] inputShape, NDManager manager) {
        Block block = chain(network.layers(), network.input(), List.of(), network.beginsRecurrent());
        block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(new Shape(inputShape)));
        fixed.forEach(parameter -> parameter.freeze(true));
        return block;
    }

    /**
     * Builds a chain of layers.
     *
     * @param behind the layers after the chain
     * @param timeFirst whether its input is a sequence as [batch, length, channels]
     */
    private Block chain(List<Layer> layers, long[] input, List<Layer> behind, boolean timeFirst) {
        SequentialBlock block = new SequentialBlock();
        long[] shape = input;
        boolean swapped = timeFirst;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            List<Layer> following = i + 1 < layers.size() ? layers.subList(i + 1, layers.size()) : behind;
            boolean wanted = layer instanceof Layer.Recurrent || layer instanceof Layer.LastStep;
            if (wanted != swapped) {
                block.add(DjlRecurrent.swapTimeAndChannels());
            }
            if (layer instanceof Layer.Dense && shape.length > 1) {
                block.add(Blocks.batchFlattenBlock());
            }
            block.add(block(layer, shape, following));
            swapped = layer instanceof Layer.Recurrent;
            shape = layer.output(shape);
        }
        return block;
    }

    private Block block(Layer layer, long[] shape, List<Layer> following) {
        if (layer instanceof Layer.Dense dense) {
            int inputs = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
            Linear linear = Linear.builder().setUnits(dense.units()).build();
            DjlLearner.startFrom(
                    linear.getDirectParameters().get("weight"),
                    weights.draw(dense.units() * inputs, inputs, dense.units(), following));
            return linear;
        } else if (layer instanceof Layer.Convolution convolution) {
            return convolution(convolution, shape, following);
        } else if (layer instanceof Layer.MaxPool pool) {
            int axes = shape.length - 1;
            return axes == 1
                    ? Pool.maxPool1dBlock(
                            same(pool.kernel(), axes), same(pool.stride(), axes), same(pool.padding(), axes))
                    : Pool.maxPool2dBlock(
                            same(pool.kernel(), axes), same(pool.stride(), axes), same(pool.padding(), axes));
        } else if (layer instanceof Layer.GlobalAveragePool) {
            return shape.length == 2 ? Pool.globalAvgPool1dBlock() : Pool.globalAvgPool2dBlock();
        } else if (layer instanceof Layer.Recurrent recurrent) {
            Block cell = DjlRecurrent.block(recurrent, (int) shape[0], weights);
            fixed.addAll(DjlRecurrent.redundant(recurrent, cell));
            return cell;
        } else if (layer instanceof Layer.LastStep) {
            return DjlRecurrent.lastStep();
        } else if (layer instanceof Layer.BatchNormalization) {
            return BatchNorm.builder().build();
        } else if (layer instanceof Layer.Dropout dropout) {
            return new DropoutBlock(dropout.share());
        } else if (layer instanceof Layer.Residual residual) {
            ParallelBlock sum = new ParallelBlock(paths ->
                    new NDList(paths.get(0).singletonOrThrow().add(paths.get(1).singletonOrThrow())));
            sum.add(chain(residual.body(), shape, following, false));
            sum.add(
                    residual.shortcut().isEmpty()
                            ? Blocks.identityBlock()
                            : chain(residual.shortcut(), shape, following, false));
            return sum;
        }
        return switch ((Layer.Activation) layer) {
            case RELU -> ai.djl.nn.Activation.reluBlock();
            case SIGMOID -> ai.djl.nn.Activation.sigmoidBlock();
            case TANH -> ai.djl.nn.Activation.tanhBlock();
        };
    }

    private Block convolution(Layer.Convolution layer, long[] shape, List<Layer> following) {
        int axes = shape.length - 1;
        int window = (int) Math.pow(layer.kernel(), axes);
        int fanIn = (int) shape[0] * window;
        float[] values = weights.draw(layer.filters() * fanIn, fanIn, layer.filters() * window, following);
        boolean bias = layer.bias() == Layer.Bias.WITH;
        Block block = axes == 1
                ? Conv1d.builder()
                        .setFilters(layer.filters())
                        .setKernelShape(same(layer.kernel(), axes))
                        .optStride(same(layer.stride(), axes))
                        .optPadding(same(layer.padding(), axes))
                        .optBias(bias)
                        .build()
                : Conv2d.builder()
                        .setFilters(layer.filters())
                        .setKernelShape(same(layer.kernel(), axes))
                        .optStride(same(layer.stride(), axes))
                        .optPadding(same(layer.padding(), axes))
                        .optBias(bias)
                        .build();
        DjlLearner.startFrom(block.getDirectParameters().get("weight"), values);
        return block;
    }

    private static Shape same(long size, int axes) {
        return new Shape(Collections.nCopies(axes, size));
    }
}
