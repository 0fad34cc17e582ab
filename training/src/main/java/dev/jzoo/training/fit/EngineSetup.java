package dev.jzoo.training.fit;

import ai.djl.ndarray.NDManager;
import dev.jzoo.inference.Device;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Prepares an engine before its first array: threads and silence. */
public final class EngineSetup {

    private EngineSetup() {}

    /**
     * Starts an engine.
     *
     * @param compute device, and perhaps a number of threads
     * @param recommended number of threads that share the work of one operation. 1 for small networks, whose operations are
     *     over before a second thread has begun. DJL takes the number of its first start in a JVM.
     * @throws JZooException {@link Code#DEVICE} where the engine cannot compute on the device
     */
    public static void start(Engine engine, Compute compute, int recommended) {
        int threads = compute.threads() == 0 ? recommended : compute.threads();
        if (engine == Engine.DJL) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("OPT_OUT_TRACKING", "true");
            requireDjl(compute.device());
        } else {
            if (compute.device() instanceof Device.Cuda cuda) {
                throw unavailable(cuda, "DL4J trains on the processor here.");
            }
            Nd4j.getBackend();
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
            openblas_nolapack.blas_set_num_threads(threads);
        }
    }

    private static void requireDjl(Device device) {
        int gpus = ai.djl.engine.Engine.getInstance().getGpuCount();
        if (device instanceof Device.Cuda cuda && cuda.index() >= gpus) {
            throw unavailable(cuda, "PyTorch sees " + gpus + " CUDA devices.");
        }
    }

    private static JZooException unavailable(Device.Cuda device, String reason) {
        return new JZooException(
                Code.DEVICE,
                "Cannot train on " + device + ": " + reason,
                "Train on the processor, --device cpu, or put a pytorch-native-cu jar of the same release on the classpath.");
    }

    /** Starts the engine of a run. */
    public static void start(TrainingRun run, int recommended) {
        start(run.engine(), run.compute(), recommended);
    }

    /** Owner of a network's arrays, on the device of a run. DJL has been started before. */
    public static NDManager manager(TrainingRun run) {
        Device device = run.compute().device();
        if (device instanceof Device.Auto) {
            return NDManager.newBaseManager();
        }
        return NDManager.newBaseManager(
                device instanceof Device.Cuda cuda ? ai.djl.Device.gpu(cuda.index()) : ai.djl.Device.cpu());
    }

    /** The release of an engine: "DJL 0.35.1, PyTorch 2.7.1". */
    public static String version(Engine engine) {
        if (engine == Engine.DJL) {
            return "DJL " + ai.djl.engine.Engine.getDjlVersion() + ", PyTorch "
                    + ai.djl.engine.Engine.getInstance().getVersion();
        }
        return "Deeplearning4j 1.0.0-M2.1";
    }
}
