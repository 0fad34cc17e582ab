package dev.jzoo.training.fit;

import dev.jzoo.training.Engine;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Prepares an engine before its first array: threads and silence. */
public final class EngineSetup {

    private EngineSetup() {}

    /**
     * Starts an engine.
     *
     * @param threads that share the work of one operation. 1 for small networks, whose operations are over before a second
     *     thread has begun. DJL takes the number of its first start in a JVM.
     */
    public static void start(Engine engine, int threads) {
        if (engine == Engine.DJL) {
            System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
            System.setProperty("OPT_OUT_TRACKING", "true");
            ai.djl.engine.Engine.getInstance();
        } else {
            Nd4j.getBackend();
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
            openblas_nolapack.blas_set_num_threads(threads);
        }
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
