package dev.jzoo.training.dl4j;

import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.inference.Device;
import dev.jzoo.onnx.Half;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.UnsupportedSettingException;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Layer;
import dev.jzoo.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The engine Deeplearning4j 1.0.0-M2.1, on ND4J's native backend. Trains on the processor. */
public record Dl4jEngine() implements Engine {

    /** Name on the command line. */
    public static final String ID = "dl4j";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "Deeplearning4j";
    }

    @Override
    public String version() {
        return "Deeplearning4j 1.0.0-M2.1";
    }

    @Override
    public void start(Compute compute, int recommendedThreads) {
        if (compute.device() instanceof Device.Cuda) {
            throw compute.unavailable(
                    "DL4J supports only the processor.",
                    "Train on the processor (--device cpu), or with another engine (--engine djl).");
        }
        int threads = compute.threads() == 0 ? recommendedThreads : compute.threads();
        Nd4j.getBackend();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
    }

    @Override
    public List<Layer> missing(Network network) {
        return network.layers().stream()
                .filter(layer -> layer instanceof Layer.Recurrent recurrent && recurrent.cell() == Layer.CellType.GRU)
                .toList();
    }

    /** Rejects momentum other than Nesterov's, because DL4J uses Nesterov's for any. */
    @Override
    public void requireSupport(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd && sgd.momentum() > 0) {
            throw new UnsupportedSettingException(
                    "Deeplearning4j supports only Nesterov's momentum. Choose --optimizer nesterov, or"
                            + " another engine (--engine djl).");
        }
    }

    @Override
    public SequenceLayout sequenceLayout() {
        return SequenceLayout.CHANNELS_FIRST;
    }

    @Override
    public ClassOutput classOutput() {
        return ClassOutput.PROBABILITIES;
    }

    @Override
    public Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute) {
        return new Dl4jNetwork(weights).learner(network, examples, plan);
    }

    /** Reads the network from the file, which contains its layers too. */
    @Override
    public SavedNetwork load(Network network, Path weights) throws IOException {
        return saved(weights);
    }

    @Override
    public void roundToHalf(Object network) {
        if (!(network instanceof Model model)) {
            throw new IllegalArgumentException("Not a network of Deeplearning4j: " + network.getClass());
        }
        model.paramTable().values().forEach(Dl4jEngine::roundToHalf);
    }

    private static void roundToHalf(INDArray array) {
        if (array.length() >= Half.LARGE) {
            array.assign(Nd4j.createFromArray(Half.rounded(array.dup('c').data().asFloat()))
                    .reshape('c', array.shape()));
        }
    }

    /**
     * Reads the network that a {@link Dl4jLearner} saved.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException if the file does not contain one
     */
    public static SavedNetwork saved(Path file) throws IOException {
        Model network = Dl4jZip.read(file);
        return new SavedNetwork(network, network::close);
    }

    @Override
    public String toString() {
        return ID;
    }
}
