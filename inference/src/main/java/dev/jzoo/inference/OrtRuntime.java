package dev.jzoo.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import dev.jzoo.zoo.error.JZooException;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single ONNX Runtime of this process. It unpacks its native libraries once per process into a temporary folder, which
 * remains as an empty folder, unless the property {@code onnxruntime.native.path} names a folder that has them.
 */
final class OrtRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

    private static final OrtLoggingLevel LEVEL = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;

    private OrtRuntime() {}

    /** A session, and the device it runs on: never {@link Device.Auto}. */
    record Opened(OrtSession session, Device device) {}

    /** A factory of sessions for one model. */
    @FunctionalInterface
    interface SessionFactory {
        OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException;
    }

    /**
     * Returns the environment, which is created at its first use. Fails with JZooException if the native library does not
     * load.
     */
    static OrtEnvironment environment() {
        try {
            return Holder.STARTED.environment;
        } catch (LinkageError e) {
            throw new JZooException(
                    JZooException.Code.FAILED,
                    "ONNX Runtime's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + (e.getCause() == null ? e : e.getCause()),
                    "It needs 64-bit Linux with glibc, macOS or Windows, and a temporary directory that is writable and"
                            + " allows executing code.",
                    e);
        }
    }

    /**
     * Opens a session on a device, or for {@link Device.Auto} on the best available device.
     *
     * @param name of the model, for the log
     * @throws OrtException if the model is faulty
     * @throws JZooException DEVICE if the device cannot be used
     */
    static Opened open(String name, SessionFactory source, Device device, SessionSettings settings)
            throws OrtException {
        if (device instanceof Device.Cuda cuda) {
            return new Opened(openOnCuda(source, cuda, settings), cuda);
        }
        if (device instanceof Device.Auto) {
            Device.Cuda first = new Device.Cuda(0);
            try {
                OrtSession session = openOnCuda(source, first, settings);
                LOG.info("{} runs on {}", name, first);
                return new Opened(session, first);
            } catch (JZooException e) {
                LOG.info("{} runs on the cpu: {}", name, e.getMessage());
            }
        }
        try (OrtSession.SessionOptions options = options(settings)) {
            return new Opened(source.open(environment(), options), Device.cpu());
        }
    }

    private static OrtSession openOnCuda(SessionFactory source, Device.Cuda device, SessionSettings settings)
            throws OrtException {
        OrtEnvironment environment = environment();
        EnumSet<OrtProvider> available = OrtEnvironment.getAvailableProviders();
        if (!available.contains(OrtProvider.CUDA)) {
            throw CudaFailure.notBuiltIn(device, available);
        }
        try (OrtSession.SessionOptions options = options(settings)) {
            try {
                options.addCUDA(device.index());
            } catch (OrtException e) {
                throw CudaFailure.notLoaded(device, e);
            }
            return source.open(environment, options);
        } catch (OrtException e) {
            if (CudaFailure.causes(e)) {
                throw CudaFailure.notLoaded(device, e);
            }
            throw e;
        }
    }

    private static OrtSession.SessionOptions options(SessionSettings settings) throws OrtException {
        environment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        // errors are thrown; ONNX Runtime would also print them to stderr
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        if (settings.threads() > 0) {
            options.setIntraOpNumThreads(settings.threads());
        } else if (Holder.STARTED.sharing) {
            options.disablePerSessionThreads();
        }
        options.setOptimizationLevel(
                settings.optimisation() == SessionSettings.Optimisation.ALL
                        ? OrtSession.SessionOptions.OptLevel.ALL_OPT
                        : OrtSession.SessionOptions.OptLevel.NO_OPT);
        if (settings.weights() == SessionSettings.WeightPacking.AS_THEY_ARE) {
            options.addConfigEntry("session.disable_prepacking", "1");
            options.setCPUArenaAllocator(false);
        }
        options.setDeterministicCompute(settings.arithmetic() == SessionSettings.Arithmetic.DETERMINISTIC);
        return options;
    }

    /** An environment, and a flag whether its threads can be shared by sessions. */
    private record Started(OrtEnvironment environment, boolean sharing) {}

    private static Started start() {
        int threads = Integer.getInteger(SessionSettings.SHARED_THREADS, 0);
        if (threads > 0) {
            try (OrtEnvironment.ThreadingOptions pool = new OrtEnvironment.ThreadingOptions()) {
                pool.setGlobalIntraOpNumThreads(threads);
                pool.setGlobalInterOpNumThreads(1);
                OrtEnvironment environment = OrtEnvironment.getEnvironment(LEVEL, OrtEnvironment.DEFAULT_NAME, pool);
                return new Started(environment, true);
            } catch (OrtException | IllegalStateException e) {
                // most likely another library has already started ONNX Runtime, for the whole process
                LOG.warn("{} has no effect: {}", SessionSettings.SHARED_THREADS, e.getMessage());
            }
        }
        return new Started(OrtEnvironment.getEnvironment(LEVEL), false);
    }

    private static final class Holder {
        static final Started STARTED = start();
    }
}
