package dev.jzoo.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import dev.jzoo.inference.natives.RuntimeJars;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The diagnosis of a CUDA failure: the reason and the missing library. */
final class CudaFailure {

    private static final Pattern LINUX = Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object file");
    private static final Pattern WINDOWS = Pattern.compile("depends on \"([^\"]+\\.dll)\" which is missing");
    private static final Pattern CUDA_ERROR =
            Pattern.compile("(?:CUDA|CUDNN|CUBLAS|CUFFT) (?:failure|error)", Pattern.CASE_INSENSITIVE);

    private CudaFailure() {}

    /** Returns the failure for an ONNX Runtime on the class path that has no CUDA provider. */
    static JZooException notBuiltIn(Device.Cuda device, Set<OrtProvider> available) {
        return notBuiltIn(device, available, RuntimeJars.onClassPath());
    }

    static JZooException notBuiltIn(Device.Cuda device, Set<OrtProvider> available, List<String> runtimes) {
        if (runtimes.size() > 1) {
            return new JZooException(
                    JZooException.Code.DEVICE,
                    device + " cannot be used: the class path has " + runtimes.size() + " ONNX Runtimes, "
                            + String.join(" and ", runtimes) + ", and the first one has no CUDA provider.",
                    "Keep com.microsoft.onnxruntime:onnxruntime_gpu only: exclude onnxruntime, on which jzoo-inference"
                            + " depends.");
        }
        return new JZooException(
                JZooException.Code.DEVICE,
                device + " cannot be used: the ONNX Runtime on the class path has no CUDA provider, only " + available
                        + ". The artifact onnxruntime_gpu is missing.",
                "Replace onnxruntime with com.microsoft.onnxruntime:onnxruntime_gpu on the class path (Linux and Windows on"
                        + " x86-64), or use the device cpu.");
    }

    /** Returns the failure for an ONNX Runtime whose CUDA provider does not start. */
    static JZooException notLoaded(Device.Cuda device, OrtException cause) {
        String message = OrtMessage.of(cause);
        Optional<String> library = missingLibrary(message).or(CudaFailure::missingByLoading);
        return new JZooException(
                JZooException.Code.DEVICE,
                device + " cannot be used: "
                        + library.map(name -> "the CUDA provider of ONNX Runtime needs " + name + ", which is missing.")
                                .orElse("the CUDA provider of ONNX Runtime does not start: " + message),
                library.map(CudaFailure::remedy)
                        .orElse("Check with nvidia-smi that the driver sees the GPU, or use the device cpu."),
                cause);
    }

    /** Returns whether a failure comes from CUDA, not from the model. */
    static boolean causes(OrtException e) {
        return e.getCode() == OrtException.OrtErrorCode.ORT_EP_FAIL
                || CUDA_ERROR.matcher(String.valueOf(e.getMessage())).find();
    }

    /** Returns the missing library that a message of the dynamic linker names. */
    static Optional<String> missingLibrary(String message) {
        return Stream.of(LINUX, WINDOWS)
                .map(pattern -> pattern.matcher(message))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static String remedy(String library) {
        String source = library.contains("cudnn")
                ? "cuDNN"
                : library.startsWith("libcuda.so") || library.startsWith("nvcuda")
                        ? "the NVIDIA driver"
                        : "the CUDA toolkit";
        return "Install " + source + " in the version that ONNX Runtime "
                + OrtRuntime.environment().getVersion()
                + " requires and add its folder to " + (library.endsWith(".dll") ? "PATH" : "LD_LIBRARY_PATH")
                + ", or use the device cpu.";
    }

    /**
     * Finds the missing library by loading the provider again, from the folder where ONNX Runtime unpacked it or was
     * configured to find it. ONNX Runtime itself only logs the linker's message and throws an exception without it.
     */
    private static Optional<String> missingByLoading() {
        String file = System.mapLibraryName("onnxruntime_providers_cuda");
        try {
            Optional<Path> provider = unpacked(file);
            if (provider.isPresent()) {
                System.load(provider.get().toAbsolutePath().toString());
            }
            return Optional.empty();
        } catch (UnsatisfiedLinkError e) {
            return missingLibrary(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // the failure itself is reported, without the library's name
        }
    }

    private static Optional<Path> unpacked(String file) throws IOException {
        String configured = System.getProperty("onnxruntime.native.path");
        if (configured != null) {
            return Optional.of(Path.of(configured, file)).filter(Files::isRegularFile);
        }
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.filter(folder -> folder.getFileName().toString().startsWith("onnxruntime-java"))
                    .filter(CudaFailure::isOurs)
                    .map(folder -> folder.resolve(file))
                    .filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(provider -> provider.toFile().lastModified()));
        }
    }

    /**
     * Returns whether this user owns a folder. Anyone may create a folder of that name in the temporary directory, so code
     * is loaded only from this user's.
     */
    private static boolean isOurs(Path folder) {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                            .getName()
                            .equals(System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
