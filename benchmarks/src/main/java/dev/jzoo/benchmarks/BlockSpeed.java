import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.training.onnx.OnnxBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times steps of training of blocks of DJL, beside the OnnxBlocks of their exports. Started by speed.sh. */
public final class BlockSpeed {

    private static final int WARM_UP = 3;

    private BlockSpeed() {}

    /** A network, and how many steps make a round. */
    private record Network(String name, Block block, Shape input, int steps) {}

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[0]);
        System.out.printf("%-34s %10s %10s %7s   (rounds: first and third quarter)%n", "ms a step", "DJL", "OnnxBlock", "ratio");
        for (Network network : List.of(
                new Network("multi-layer perceptron, batch 100", perceptron(), new Shape(100, 784), 100),
                new Network("convolutions, batch 32", convolutions(), new Shape(32, 3, 32, 32), 5))) {
            compare(network, rounds);
        }
    }

    private static void compare(Network network, int rounds) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            network.block.initialize(manager, DataType.FLOAT32, network.input);
            long[] example = network.input.slice(1).getShape();
            OnnxBlock read = OnnxBlock.of(OnnxExporter.of(network.block)
                    .input("x", dev.jzoo.export.onnx.DataType.FLOAT, Dim.batchOf(example))
                    .export()
                    .file());
            read.initialize(manager, DataType.FLOAT32, network.input);
            List<Double> own = new ArrayList<>();
            List<Double> onnx = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < WARM_UP + rounds; round++) {
                boolean first = round % 2 == 0;
                double a = first ? step(network.block, manager, network) : 0;
                double b = step(read, manager, network);
                a = first ? a : step(network.block, manager, network);
                if (round >= WARM_UP) {
                    own.add(a);
                    onnx.add(b);
                    ratios.add(b / a);
                }
            }
            Collections.sort(ratios);
            System.out.printf(
                    "%-34s %10.3f %10.3f %7.3f   (%.3f to %.3f)%n",
                    network.name, median(own), median(onnx), median(ratios), ratios.get(rounds / 4), ratios.get(3 * rounds / 4));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Milliseconds of a step, forward, backward and update, on average over a round. */
    private static double step(Block block, NDManager manager, Network network) {
        ParameterStore store = new ParameterStore(manager, false);
        try (NDManager round = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray input = round.randomNormal(network.input);
            NDArray classes = round.zeros(new Shape(network.input.get(0), 1), DataType.INT64);
            long start = System.nanoTime();
            for (int i = 0; i < network.steps; i++) {
                try (NDManager scratch = round.newSubManager()) {
                    NDArray given = input.duplicate();
                    given.attach(scratch);
                    NDArray logits = block.forward(store, new NDList(given), true).head();
                    collector.backward(logits.logSoftmax(-1).gather(classes, -1).mean().neg());
                    for (Parameter parameter : block.getParameters().values()) {
                        if (parameter.requiresGradient()) {
                            descend(parameter.getArray());
                        }
                    }
                }
            }
            return (System.nanoTime() - start) / 1e6 / network.steps;
        }
    }

    private static void descend(NDArray weight) {
        try (NDArray gradient = weight.getGradient()) {
            weight.getNDArrayInternal()
                    .sgdUpdate(new NDList(weight, gradient), new NDList(weight), 1e-4f, 0, 1, -1, 0, false);
        }
    }

    private static Block perceptron() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(256).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(128).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(10).build());
    }

    private static Block convolutions() {
        SequentialBlock network = new SequentialBlock();
        int before = 16;
        for (int width : new int[] {16, 16, 32, 32, 64, 64}) {
            boolean wider = width != before;
            before = width;
            network.add(Conv2d.builder()
                    .setFilters(width)
                    .setKernelShape(new Shape(3, 3))
                    .optPadding(new Shape(1, 1))
                    .optStride(wider ? new Shape(2, 2) : new Shape(1, 1))
                    .optBias(false)
                    .build());
            network.add(BatchNorm.builder().build());
            network.add(Activation::relu);
        }
        return network.add(Pool.globalAvgPool2dBlock())
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build());
    }
}
