package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;

import ai.djl.modality.cv.MultiBoxPrior;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import dev.jzoo.onnx.ValueInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Exports the networks for pictures of the book "Dive into Deep Learning" and of DJL's examples, in a small form
 * rebuilt from their descriptions.
 */
class TextbookPicturesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo PICTURE = floats("batch", 3, 16, 16);
    private static final ValueInfo OPEN = floats("batch", 3, "height", "width");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Conv2d conv(int filters, int kernel, int stride, int padding) {
        return Conv2d.builder()
                .setKernelShape(new Shape(kernel, kernel))
                .setFilters(filters)
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(padding, padding))
                .build();
    }

    private static Block maxPool(int kernel, int stride, int padding) {
        return Pool.maxPool2dBlock(
                new Shape(kernel, kernel), new Shape(stride, stride), new Shape(padding, padding), false);
    }

    private static Linear dense(int units) {
        return Linear.builder().setUnits(units).build();
    }

    /** Returns a convolution, batch normalisation and activation. */
    private static SequentialBlock unit(int filters, int kernel, int stride, int padding) {
        return new SequentialBlock()
                .add(conv(filters, kernel, stride, padding))
                .add(BatchNorm.builder().build())
                .add(Activation::relu);
    }

    private static Block softmaxRegression() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(dense(5))
                .addSingleton(x -> x.softmax(1));
    }

    private static Block perceptron() {
        return new SequentialBlock()
                .add(Blocks.batchFlattenBlock(3 * 16 * 16))
                .add(dense(8))
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.2f).build())
                .add(dense(5));
    }

    /** Returns a perceptron "from scratch": weights are arrays of the class, layers are products. */
    private static Block perceptronFromScratch() {
        NDArray w1 = MANAGER.randomNormal(0, 0.1f, new Shape(768, 8), ai.djl.ndarray.types.DataType.FLOAT32);
        NDArray b1 = MANAGER.zeros(new Shape(8));
        NDArray w2 = MANAGER.randomNormal(0, 0.1f, new Shape(8, 5), ai.djl.ndarray.types.DataType.FLOAT32);
        NDArray b2 = MANAGER.ones(new Shape(5));
        NDList parameters = new NDList(w1, b1, w2, b2);
        return new SequentialBlock().addSingleton(picture -> {
            NDArray x = picture.reshape(new Shape(-1, 768));
            NDArray hidden = x.dot(parameters.get(0)).add(parameters.get(1)).maximum(0f);
            NDArray scores = hidden.dot(parameters.get(2)).add(parameters.get(3));
            NDArray powers = scores.exp();
            return powers.div(powers.sum(new int[] {1}, true));
        });
    }

    private static Block leNet() {
        return new SequentialBlock()
                .add(conv(6, 5, 1, 2))
                .add(Activation::sigmoid)
                .add(Pool.avgPool2dBlock(new Shape(5, 5), new Shape(2, 2), new Shape(2, 2)))
                .add(conv(8, 5, 1, 0))
                .add(Activation::sigmoid)
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(dense(12))
                .add(Activation::sigmoid)
                .add(dense(5));
    }

    private static Block alexNet() {
        return new SequentialBlock()
                .add(conv(6, 5, 2, 1))
                .add(Activation::relu)
                .add(maxPool(3, 2, 0))
                .add(conv(8, 3, 1, 1))
                .add(Activation::relu)
                .add(Blocks.batchFlattenBlock())
                .add(dense(12))
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.5f).build())
                .add(dense(5));
    }

    private static Block vgg() {
        SequentialBlock network = new SequentialBlock();
        for (int filters : new int[] {4, 8}) {
            SequentialBlock stage = new SequentialBlock();
            for (int i = 0; i < 2; i++) {
                stage.add(conv(filters, 3, 1, 1)).add(Activation::relu);
            }
            network.add(stage.add(maxPool(2, 2, 0)));
        }
        return network.add(Blocks.batchFlattenBlock())
                .add(dense(8))
                .add(Activation::relu)
                .add(dense(5));
    }

    private static Block networkInNetwork() {
        SequentialBlock network = new SequentialBlock();
        for (int filters : new int[] {6, 5}) {
            network.add(conv(filters, 3, 1, 1)).add(Activation::relu);
            network.add(conv(filters, 1, 1, 0)).add(Activation::relu).add(maxPool(3, 2, 0));
        }
        return network.add(Pool.globalAvgPool2dBlock()).add(Blocks.batchFlattenBlock());
    }

    private static Block inception() {
        List<Block> paths = List.of(
                unit(4, 1, 1, 0),
                unit(3, 1, 1, 0).add(unit(4, 3, 1, 1)),
                unit(2, 1, 1, 0).add(unit(4, 5, 1, 2)),
                new SequentialBlock().add(maxPool(3, 1, 1)).add(unit(3, 1, 1, 0)));
        return new ParallelBlock(
                outputs -> new NDList(NDArrays.concat(
                        new NDList(outputs.stream().map(NDList::head).toList()), 1)),
                paths);
    }

    private static Block googLeNet() {
        return new SequentialBlock()
                .add(unit(4, 3, 2, 1))
                .add(inception())
                .add(inception())
                .add(Pool.globalAvgPool2dBlock())
                .add(dense(5));
    }

    private static Block residual(int filters, int stride) {
        Block main = new SequentialBlock()
                .add(unit(filters, 3, stride, 1))
                .add(conv(filters, 3, 1, 1))
                .add(BatchNorm.builder().build());
        Block shortcut = stride == 1 ? Blocks.identityBlock() : conv(filters, 1, stride, 0);
        return new SequentialBlock()
                .add(new ParallelBlock(
                        both -> new NDList(both.get(0).head().add(both.get(1).head())), List.of(main, shortcut)))
                .add(Activation::relu);
    }

    private static Block resNet() {
        return new SequentialBlock()
                .add(unit(6, 3, 1, 1))
                .add(residual(6, 1))
                .add(residual(8, 2))
                .add(Pool.globalAvgPool2dBlock())
                .add(dense(5));
    }

    /** Returns a dense net, in which each layer reads all layers before it. */
    private static Block denseNet() {
        SequentialBlock network = new SequentialBlock().add(unit(4, 3, 1, 1));
        for (int i = 0; i < 3; i++) {
            Block layer = new SequentialBlock()
                    .add(BatchNorm.builder().build())
                    .add(Activation::relu)
                    .add(conv(3, 3, 1, 1));
            network.add(new ParallelBlock(
                    both -> new NDList(NDArrays.concat(
                            new NDList(both.get(0).head(), both.get(1).head()), 1)),
                    List.of(Blocks.identityBlock(), layer)));
        }
        return network.add(unit(5, 1, 1, 0))
                .add(Pool.avgPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Pool.globalMaxPool2dBlock())
                .add(dense(5));
    }

    /** Batch normalisation "from scratch", with its statistics as parameters. */
    private static final class OwnBatchNorm extends OwnBlock {
        private final Parameter gamma = parameter("gamma", 1, 3, 1, 1);
        private final Parameter beta = parameter("beta", 1, 3, 1, 1);
        private final NDArray mean = MANAGER.randomNormal(new Shape(1, 3, 1, 1));
        private final NDArray variance = MANAGER.randomUniform(0.5f, 2, new Shape(1, 3, 1, 1));

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = inputs.head();
            NDArray normed = x.sub(mean).div(variance.add(1e-12f).sqrt());
            return new NDList(pass.value(gamma, x).mul(normed).add(pass.value(beta, x)));
        }
    }

    /** Returns MobileNetV2's block: expansion, a filter for each channel, projection; ReLU6. */
    private static Block invertedResidual() {
        Conv2d depthwise = Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .setFilters(6)
                .optPadding(new Shape(1, 1))
                .optGroups(6)
                .optBias(false)
                .build();
        Block main = new SequentialBlock()
                .add(conv(6, 1, 1, 0))
                .add(BatchNorm.builder().build())
                .addSingleton(Activation::relu6)
                .add(depthwise)
                .add(BatchNorm.builder().build())
                .addSingleton(Activation::relu6)
                .add(conv(3, 1, 1, 0));
        return new ParallelBlock(
                both -> new NDList(both.get(0).head().add(both.get(1).head())), List.of(main, Blocks.identityBlock()));
    }

    /** Squeeze and excitation: channels are weighted by the content of the whole picture. */
    private static final class Excitation extends OwnBlock {
        private final Conv2d features = convolution("features", 3, 4, 3, 1);
        private final Linear squeeze = linear("squeeze", 4, 2);
        private final Linear excite = linear("excite", 2, 4);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = pass.of(features, inputs.head());
            NDArray pooled = x.mean(new int[] {3}).mean(new int[] {2});
            NDArray weights = Activation.sigmoid(pass.of(excite, Activation.relu(pass.of(squeeze, pooled))));
            return new NDList(x.mul(weights.expandDims(-1).expandDims(-1)));
        }
    }

    /** U-Net: down, then up by interpolation, joined with the earlier features. */
    private static final class UNet extends OwnBlock {
        private final Conv2d down = convolution("down", 3, 4, 3, 1);
        private final Conv2d bottom = convolution("bottom", 4, 6, 3, 2);
        private final Conv2d up = convolution("up", 10, 4, 3, 1);
        private final Conv2d out = convolution("out", 4, 2, 1, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray skip = Activation.relu(pass.of(down, inputs.head()));
            NDArray deep = Activation.relu(pass.of(bottom, skip));
            NDArray larger = deep.getNDArrayInternal().interpolation(new long[] {skip.size(2), skip.size(3)}, 1, false);
            NDArray joined = NDArrays.concat(new NDList(skip, larger), 1);
            return new NDList(pass.of(out, Activation.relu(pass.of(up, joined))).softmax(1));
        }
    }

    /** ESPCN: channels become pixels. */
    private static final class SuperResolution extends OwnBlock {
        private final Conv2d features = convolution("features", 3, 12, 3, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = pass.of(features, inputs.head().div(255)).tanh();
            NDArray apart = x.reshape(x.size(0), 3, 2, 2, x.size(2), x.size(3));
            return new NDList(apart.transpose(0, 1, 4, 2, 5, 3).reshape(x.size(0), 3, 2 * x.size(2), 2 * x.size(3)));
        }
    }

    /** Style transfer: content features, and products of channels divided by their number. */
    private static final class StyleFeatures extends OwnBlock {
        private final Conv2d features = convolution("features", 3, 4, 3, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = Activation.relu(pass.of(features, inputs.head()));
            NDArray rows = x.reshape(x.size(0), x.size(1), x.size(2) * x.size(3));
            NDArray gram = rows.matMul(rows.transpose(0, 2, 1)).div(x.size(1) * x.size(2) * x.size(3));
            NDArray noise = x.get(":, :, 1:").sub(x.get(":, :, :-1")).abs().mean();
            return new NDList(x, gram, noise);
        }
    }

    /** TinySSD: anchors with their classes and offsets, at two scales. */
    private static final class TinySsd extends OwnBlock {
        private static final int CLASSES = 2;
        private static final int ANCHORS = 4;
        private final List<Conv2d> downs = new ArrayList<>();
        private final List<Conv2d> classes = new ArrayList<>();
        private final List<Conv2d> boxes = new ArrayList<>();

        TinySsd() {
            for (int scale = 0; scale < 2; scale++) {
                downs.add(convolution("down" + scale, scale == 0 ? 3 : 4, 4, 3, 2));
                classes.add(convolution("classes" + scale, 4, ANCHORS * (CLASSES + 1), 3, 1));
                boxes.add(convolution("boxes" + scale, 4, ANCHORS * 4, 3, 1));
            }
        }

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = inputs.head();
            NDList anchors = new NDList();
            NDList scores = new NDList();
            NDList offsets = new NDList();
            for (int scale = 0; scale < 2; scale++) {
                x = Activation.relu(pass.of(downs.get(scale), x));
                anchors.add(MultiBoxPrior.builder()
                        .setSizes(List.of(0.2f, 0.3f))
                        .setRatios(List.of(1f, 2f, 0.5f))
                        .build()
                        .generateAnchorBoxes(x));
                scores.add(flat(pass.of(classes.get(scale), x)));
                offsets.add(flat(pass.of(boxes.get(scale), x)));
            }
            NDArray joined = NDArrays.concat(scores, 1);
            return new NDList(
                    NDArrays.concat(anchors, 1),
                    joined.reshape(joined.size(0), -1, CLASSES + 1).softmax(-1),
                    NDArrays.concat(offsets, 1));
        }

        private static NDArray flat(NDArray x) {
            return x.transpose(0, 2, 3, 1).flatten(1, 3);
        }
    }

    /** The vision transformer (Dosovitskiy et al., 2021): patches, a class token, learned positions. */
    private static final class VisionTransformer extends OwnBlock {
        private static final int WIDTH = 8;
        private final Conv2d patches = layer("patches", conv(WIDTH, 4, 4, 0), new Shape(1, 3, 16, 16));
        private final Parameter classToken = parameter("classToken", 1, 1, WIDTH);
        private final Parameter positions = parameter("positions", 1, 17, WIDTH);
        private final LayerNorm first = norm("first", WIDTH);
        private final List<Linear> mixes = IntStream.range(0, 4)
                .mapToObj(i -> linear("mix" + i, WIDTH, WIDTH))
                .toList();
        private final LayerNorm second = norm("second", WIDTH);
        private final Linear up = linear("up", WIDTH, 2L * WIDTH);
        private final Linear down = linear("down", 2L * WIDTH, WIDTH);
        private final Linear head = linear("head", WIDTH, 5);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = pass.of(patches, inputs.head());
            x = x.reshape(x.size(0), WIDTH, -1).transpose(0, 2, 1);
            NDArray token = pass.value(classToken, x).broadcast(x.size(0), 1, WIDTH);
            x = NDArrays.concat(new NDList(token, x), 1).add(pass.value(positions, x));
            NDArray normed = pass.of(first, x);
            NDArray scores = heads(pass.of(mixes.get(0), normed))
                    .matMul(heads(pass.of(mixes.get(1), normed)).swapAxes(-1, -2));
            NDArray seen =
                    scores.mul(1 / Math.sqrt(WIDTH / 2.0)).softmax(-1).matMul(heads(pass.of(mixes.get(2), normed)));
            x = x.add(pass.of(mixes.get(3), seen.swapAxes(1, 2).reshape(x.getShape())));
            x = x.add(pass.of(down, Activation.gelu(pass.of(up, pass.of(second, x)))));
            return new NDList(pass.of(head, x.get(":, 0")));
        }

        private static NDArray heads(NDArray x) {
            return x.reshape(x.size(0), x.size(1), 2, WIDTH / 2).swapAxes(1, 2);
        }
    }

    @TestFactory
    List<DynamicTest> networksForPictures() {
        return new Cases(MANAGER)
                .network("softmax regression", TextbookPicturesTest::softmaxRegression, PICTURE)
                .network("perceptron", TextbookPicturesTest::perceptron, PICTURE)
                .network("perceptron from scratch", TextbookPicturesTest::perceptronFromScratch, PICTURE)
                .network("LeNet", TextbookPicturesTest::leNet, PICTURE)
                .network("AlexNet", TextbookPicturesTest::alexNet, PICTURE)
                .network("VGG", TextbookPicturesTest::vgg, PICTURE)
                .network("network in network", TextbookPicturesTest::networkInNetwork, PICTURE)
                .network("GoogLeNet", TextbookPicturesTest::googLeNet, OPEN)
                .network("residual network", TextbookPicturesTest::resNet, OPEN)
                .network("dense network", TextbookPicturesTest::denseNet, PICTURE)
                .network("batch normalisation from scratch", OwnBatchNorm::new, OPEN)
                .network("inverted residual", TextbookPicturesTest::invertedResidual, OPEN)
                .network("squeeze and excitation", Excitation::new, OPEN)
                .network("U-Net", UNet::new, OPEN)
                .network("super resolution", SuperResolution::new, OPEN)
                .network("style features", StyleFeatures::new, OPEN)
                .network("TinySSD", TinySsd::new, PICTURE)
                .network("vision transformer", VisionTransformer::new, PICTURE)
                .tests();
    }
}
