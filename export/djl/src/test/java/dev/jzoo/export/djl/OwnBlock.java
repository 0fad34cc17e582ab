package dev.jzoo.export.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/** A block as users write them: layers with the shapes that initialise them, parameters, and a forward pass. */
abstract class OwnBlock extends AbstractBlock {

    private final List<Runnable> initialisers = new ArrayList<>();
    private NDManager owner;
    private DataType precision;

    /** Computes the forward pass. */
    abstract NDList compute(Pass pass, NDList inputs);

    /** Adds a layer under a name, initialised with these shapes. */
    final <B extends Block> B layer(String name, B layer, Shape... shapes) {
        addChildBlock(name, layer);
        initialisers.add(() -> layer.initialize(owner, precision, shapes));
        return layer;
    }

    final Linear linear(String name, long in, long out) {
        return layer(name, Linear.builder().setUnits(out).build(), new Shape(1, in));
    }

    final Linear plain(String name, long in, long out) {
        return layer(name, Linear.builder().setUnits(out).optBias(false).build(), new Shape(1, in));
    }

    final LayerNorm norm(String name, long size) {
        return layer(name, LayerNorm.builder().axis(2).build(), new Shape(1, 1, size));
    }

    final IdEmbedding table(String name, int rows, int size) {
        return layer(
                name,
                new IdEmbedding.Builder()
                        .setDictionarySize(rows)
                        .setEmbeddingSize(size)
                        .build(),
                new Shape(1, 1));
    }

    final Conv2d convolution(String name, long in, int out, long kernel, long stride) {
        return layer(
                name,
                Conv2d.builder()
                        .setKernelShape(new Shape(kernel, kernel))
                        .setFilters(out)
                        .optStride(new Shape(stride, stride))
                        .optPadding(new Shape((kernel - 1) / 2, (kernel - 1) / 2))
                        .build(),
                new Shape(1, in, 16, 16));
    }

    /** Adds a parameter of normal deviates. */
    final Parameter parameter(String name, long... shape) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optInitializer(new NormalInitializer(0.3f))
                .optShape(new Shape(shape))
                .build());
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
        owner = manager;
        precision = type;
        initialisers.forEach(Runnable::run);
    }

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
        return compute(new Pass(store), inputs);
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputs) {
        throw new UnsupportedOperationException("known by running it");
    }

    /** A forward pass with its parameters in a store. */
    record Pass(ParameterStore store) {

        NDArray of(Block block, NDArray... inputs) {
            return block.forward(store, new NDList(inputs), false).head();
        }

        NDArray value(Parameter parameter, NDArray like) {
            return store.getValue(parameter, like.getDevice(), false);
        }
    }
}
