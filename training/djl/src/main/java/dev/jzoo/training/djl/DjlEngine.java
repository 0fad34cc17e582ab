package dev.jzoo.training.djl;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.jzoo.inference.Device;
import dev.jzoo.onnx.Half;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.InitialWeights;
import dev.jzoo.training.network.Network;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The engine DJL: Deep Java Library 0.35 on PyTorch 2.7. The first start in a JVM determines its number of threads. */
public record DjlEngine() implements Engine {

    /** Name on the command line. */
    public static final String ID = "djl";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String title() {
        return "DJL";
    }

    @Override
    public String version() {
        return "DJL " + ai.djl.engine.Engine.getDjlVersion() + ", PyTorch "
                + ai.djl.engine.Engine.getInstance().getVersion();
    }

    @Override
    public void start(Compute compute, int recommendedThreads) {
        int threads = compute.threads() == 0 ? recommendedThreads : compute.threads();
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("OPT_OUT_TRACKING", "true");
        int gpus = ai.djl.engine.Engine.getInstance().getGpuCount();
        if (compute.device() instanceof Device.Cuda cuda && cuda.index() >= gpus) {
            throw compute.unavailable(
                    "PyTorch sees " + gpus + " CUDA devices.",
                    "Train on the processor (--device cpu), or add a pytorch-native-cu jar of the same release to the class path.");
        }
    }

    @Override
    public SequenceLayout sequenceLayout() {
        return SequenceLayout.TIME_FIRST;
    }

    @Override
    public ClassOutput classOutput() {
        return ClassOutput.LOGITS;
    }

    @Override
    public Learner build(Network network, InitialWeights weights, Examples examples, Plan plan, Compute compute) {
        NDManager manager = manager(compute);
        return new DjlLearner(manager, block(network, weights, manager), examples, plan);
    }

    @Override
    public SavedNetwork load(Network network, Path weights) throws IOException {
        NDManager manager = NDManager.newBaseManager();
        return saved(manager, block(network, new InitialWeights(0), manager), weights);
    }

    private Block block(Network network, InitialWeights weights, NDManager manager) {
        return new DjlNetwork(weights).block(network, inputShape(network), manager);
    }

    @Override
    public void roundToHalf(Object network) {
        if (!(network instanceof Block block)) {
            throw new IllegalArgumentException("Not a network of DJL: " + network.getClass());
        }
        block.getParameters().values().stream().map(Parameter::getArray).forEach(DjlEngine::roundToHalf);
    }

    private static void roundToHalf(NDArray array) {
        if (array.size() >= Half.LARGE) {
            array.set(FloatBuffer.wrap(Half.rounded(array.toFloatArray())));
        }
    }

    /** Creates the owner of a network's arrays, on a device. Start DJL first. */
    public static NDManager manager(Compute compute) {
        Device device = compute.device();
        if (device instanceof Device.Auto) {
            return NDManager.newBaseManager();
        }
        return NDManager.newBaseManager(
                device instanceof Device.Cuda cuda ? ai.djl.Device.gpu(cuda.index()) : ai.djl.Device.cpu());
    }

    /**
     * Loads the parameters that a {@link DjlLearner} saved into a block.
     *
     * @param manager owner of the parameters; closed with the result, or if the file cannot be read
     * @param block an initialised block
     * @throws DataFormatException if the file does not contain parameters of that block
     */
    public static SavedNetwork saved(NDManager manager, Block block, Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            block.loadParameters(manager, in);
            return new SavedNetwork(block, manager::close);
        } catch (MalformedModelException | IOException | RuntimeException e) {
            manager.close();
            throw new DataFormatException(file, "not the parameters of the recipe's network: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return ID;
    }
}
