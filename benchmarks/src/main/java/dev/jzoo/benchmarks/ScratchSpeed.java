package dev.jzoo.benchmarks;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.NeuralLayer;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.WeightInit;
import dev.jzoo.scratch.fitting.Fitting;
import dev.jzoo.scratch.layers.DenseLayer;
import dev.jzoo.scratch.layers.Elementwise;
import dev.jzoo.scratch.losses.SoftmaxCrossEntropy;
import dev.jzoo.scratch.optimizers.SgdRule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The processor time of an epoch with the library from scratch, for {@code python/scratch.py}. */
final class ScratchSpeed {

    private ScratchSpeed() {}

    /** Prints the seconds of each epoch. The arguments are the widths of the network, such as 784-10, the file of the rows and the epochs. */
    public static void main(String[] arguments) throws IOException {
        int[] widths = Arrays.stream(arguments[0].split("-"))
                .mapToInt(Integer::parseInt)
                .toArray();
        for (double seconds : measure(widths, Path.of(arguments[1]), Integer.parseInt(arguments[2]))) {
            System.out.println(seconds);
        }
    }

    /** Returns the seconds of processor time that the thread of the training took for each epoch. */
    static List<Double> measure(int[] widths, Path file, int epochs) throws IOException {
        int classes = widths[widths.length - 1];
        double[] numbers = read(file);
        int examples = numbers.length / (widths[0] + 1);
        Array inputs = Array.zeros(examples, widths[0]);
        int[] labels = new int[examples];
        for (int i = 0; i < examples; i++) {
            System.arraycopy(numbers, i * (widths[0] + 1), inputs.values(), i * widths[0], widths[0]);
            labels[i] = (int) numbers[(i + 1) * (widths[0] + 1) - 1];
        }
        Random random = new Random(1);
        List<NeuralLayer> layers = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            if (i > 1) {
                layers.add(Elementwise.relu());
            }
            layers.add(DenseLayer.of(widths[i - 1], widths[i], WeightInit.he(), random));
        }
        List<Double> seconds = new ArrayList<>();
        long[] start = {processorTime()};
        Fitting.of(new NeuralNetwork(layers), new SoftmaxCrossEntropy(), new SgdRule())
                .rate(0.1)
                .batchSize(100)
                .epochs(epochs)
                .eachEpoch(epoch -> {
                    long end = processorTime();
                    seconds.add((end - start[0]) / 1e9);
                    start[0] = end;
                })
                .fit(inputs, SoftmaxCrossEntropy.oneHot(labels, classes));
        return seconds;
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double[] read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            DoubleBuffer numbers = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            double[] result = new double[numbers.remaining()];
            numbers.get(result);
            return result;
        }
    }
}
