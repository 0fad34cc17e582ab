package dev.jzoo.benchmarks;

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
import dev.jzoo.training.onnx.OnnxBlock;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time of a training step of a DJL block, compared with the {@link OnnxBlock} of its export.
 *
 * @param title for the table
 * @param block network that returns a logit for each class, not initialised
 * @param input shape of a batch
 * @param steps number of steps in a round
 */
record BlockSpeed(String title, Block block, Shape input, int steps) {

    static final String DJL = "DJL";
    static final String ONNX_BLOCK = "OnnxBlock";

    private static final int WARM_UP = 3;

    /** Measures both networks with the rounds and the number of threads in the arguments, 41 and 1 by default. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 41;
        System.setProperty("ai.djl.pytorch.num_threads", arguments.length > 1 ? arguments[1] : "1");
        System.out.printf(
                "%-34s %10s %10s %7s   (rounds: first and third quarter)%n", "ms a step", DJL, ONNX_BLOCK, "ratio");
        for (BlockSpeed speed : List.of(
                new BlockSpeed("multi-layer perceptron, batch 100", perceptron(), new Shape(100, 784), 100),
                new BlockSpeed("convolutions, batch 32", convolutions(), new Shape(32, 3, 32, 32), 5))) {
            Map<String, Samples> millis = speed.measure(WARM_UP, rounds);
            Samples ratios = millis.get(ONNX_BLOCK).over(millis.get(DJL));
            System.out.printf(
                    Locale.ROOT,
                    "%-34s %10.3f %10.3f %7.3f   (%.3f to %.3f)%n",
                    speed.title,
                    millis.get(DJL).median(),
                    millis.get(ONNX_BLOCK).median(),
                    ratios.median(),
                    ratios.firstQuartile(),
                    ratios.thirdQuartile());
        }
    }

    /** Returns the milliseconds of a step with {@link #DJL} and with {@link #ONNX_BLOCK}, one value for each round. */
    Map<String, Samples> measure(int warmUp, int rounds) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            block.initialize(manager, DataType.FLOAT32, input);
            long[] example = input.slice(1).getShape();
            OnnxBlock read = OnnxBlock.of(OnnxExporter.of(block)
                    .input("x", dev.jzoo.onnx.DataType.FLOAT, Dimension.batchOf(example))
                    .export()
                    .file());
            read.initialize(manager, DataType.FLOAT32, input);
            SamplesByName millis = new SamplesByName();
            for (int round = 0; round < warmUp + rounds; round++) {
                if (round == warmUp) {
                    millis.clear();
                }
                if (round % 2 == 0) {
                    millis.add(DJL, step(block, manager));
                    millis.add(ONNX_BLOCK, step(read, manager));
                } else {
                    millis.add(ONNX_BLOCK, step(read, manager));
                    millis.add(DJL, step(block, manager));
                }
            }
            return millis.samples();
        }
    }

    /** Returns the milliseconds of a step, forward, backward and update, on average over a round. */
    private double step(Block trained, NDManager manager) {
        ParameterStore store = new ParameterStore(manager, false);
        try (NDManager round = manager.newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray values = round.randomNormal(input);
            NDArray classes = round.zeros(new Shape(input.get(0), 1), DataType.INT64);
            long start = System.nanoTime();
            for (int i = 0; i < steps; i++) {
                try (NDManager scratch = round.newSubManager()) {
                    NDArray batch = values.duplicate();
                    batch.attach(scratch);
                    NDArray logits =
                            trained.forward(store, new NDList(batch), true).head();
                    collector.backward(
                            logits.logSoftmax(-1).gather(classes, -1).mean().neg());
                    for (Parameter parameter : trained.getParameters().values()) {
                        if (parameter.requiresGradient()) {
                            descend(parameter.getArray());
                        }
                    }
                }
            }
            return (System.nanoTime() - start) / 1e6 / steps;
        }
    }

    private static void descend(NDArray weight) {
        try (NDArray gradient = weight.getGradient()) {
            weight.getNDArrayInternal()
                    .sgdUpdate(new NDList(weight, gradient), new NDList(weight), 1e-4f, 0, 1, -1, 0, false);
        }
    }

    static Block perceptron() {
        return new SequentialBlock()
                .add(Linear.builder().setUnits(256).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(128).build())
                .add(Activation::relu)
                .add(Linear.builder().setUnits(10).build());
    }

    static Block convolutions() {
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
