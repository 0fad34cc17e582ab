package dev.jzoo.training.scratch;

import dev.jzoo.inference.Device;
import dev.jzoo.onnx.Half;
import dev.jzoo.scratch.NeuralNetwork;
import dev.jzoo.scratch.Weight;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.UnsupportedSettingException;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.Version;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The engine in plain Java: JZoo's scratch library, on one thread of the processor. Every step can be read, from the loss to the update.
 * It computes with doubles, from the same initial weights and in the same order of the examples as the other engines, so its losses agree
 * with theirs to the precision of floats. Two things differ: the values that dropout sets to 0, and the running variance of a batch
 * normalisation, which does not have PyTorch's factor n / (n - 1).
 *
 * <p>It has dense layers, activations, dropout and batch normalisation. For pictures, it has convolutions, max-pools without padding,
 * global average pools of squares, and residual blocks whose shortcut is the identity. Recurrent layers must begin the network. {@link
 * #missing} names all other layers.
 */
public record ScratchEngine() implements Engine {

    /** Name on the command line. */
    public static final String ID = "scratch";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "JZoo scratch";
    }

    @Override
    public String version() {
        return "JZoo scratch " + Version.CURRENT;
    }

    /** Checks the device. The number of threads has no effect: the library computes on one. */
    @Override
    public void start(Compute compute, int recommendedThreads) {
        if (compute.device() instanceof Device.Cuda) {
            throw compute.unavailable(
                    "JZoo scratch supports only the processor.",
                    "Train on the processor (--device cpu), or with another engine (--engine djl).");
        }
    }

    @Override
    public List<Layer> missing(Network network) {
        return LayerBuilder.missing(network);
    }

    @Override
    public SequenceLayout sequenceLayout() {
        return SequenceLayout.TIME_FIRST;
    }

    @Override
    public ClassOutput classOutput() {
        return ClassOutput.LOGITS;
    }

    /** Fails with UnsupportedSettingException for examples that continue each other, because no state is carried. */
    @Override
    public Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute) {
        if (examples.order() == Examples.Order.CONTINUING) {
            throw new UnsupportedSettingException(
                    "JZoo scratch does not carry the state of a recurrent layer from one batch to the"
                            + " next. Train on shuffled examples, or with another engine (--engine djl).");
        }
        return new ScratchLearner(new LayerBuilder(weights).build(network), examples, plan);
    }

    @Override
    public SavedNetwork load(Network network, Path weights) throws IOException {
        BuiltNetwork built = new LayerBuilder(new InitialWeights(0)).build(network);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(weights))) {
            WeightFile.read(in, built.network(), weights.toString());
        }
        return new SavedNetwork(built.network(), () -> {});
    }

    @Override
    public void roundToHalf(Object network) {
        if (!(network instanceof NeuralNetwork layers)) {
            throw new IllegalArgumentException("Not a network of JZoo scratch: " + network.getClass());
        }
        layers.weights().stream()
                .map(Weight::value)
                .filter(value -> value.count() >= Half.LARGE)
                .forEach(value -> roundToHalf(value.values()));
    }

    private static void roundToHalf(double[] values) {
        float[] single = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            single[i] = (float) values[i];
        }
        float[] rounded = Half.rounded(single);
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded[i];
        }
    }

    @Override
    public String toString() {
        return ID;
    }
}
