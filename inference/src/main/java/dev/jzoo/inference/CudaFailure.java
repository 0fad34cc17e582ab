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

/** Why CUDA cannot be used, and what is missing. */
final class CudaFailure {

    private static final Pattern LINUX = Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object file");
    private static final Pattern WINDOWS = Pattern.compile("depends on \"([^\"]+\\.dll)\" which is missing");
    private static final Pattern CUDA_ERROR =
            Pattern.compile("(?:CUDA|CUDNN|CUBLAS|CUFFT) (?:failure|error)", Pattern.CASE_INSENSITIVE);

    private CudaFailure() {}

    /** The ONNX Runtime on the class path has no CUDA at all. */
    static JZooException notBuiltIn(Device.Cuda device, Set<OrtProvider> available) {
        return notBuiltIn(device, available, RuntimeJars.onClassPath());
    }

    static JZooException notBuiltIn(Device.Cuda device, Set<OrtProvider> available, List<String> runtimes) {
        if (runtimes.size() > 1) {
            return new JZooException(
                    JZooException.Code.DEVICE,
                    device + " cannot be used: there are " + runtimes.size() + " ONNX Runtimes on the class path, "
                            + String.join(" and ", runtimes) + ", and the first one has no CUDA provider.",
                    "Keep com.microsoft.onnxruntime:onnxruntime_gpu only, and exclude onnxruntime, which jzoo-inference"
                            + " brings.");
        }
        return new JZooException(
                JZooException.Code.DEVICE,
                device + " cannot be used: the ONNX Runtime on the class path has no CUDA provider, only " + available
                        + ". The artifact onnxruntime_gpu is missing.",
                "Put com.microsoft.onnxruntime:onnxruntime_gpu in place of onnxruntime on the class path (Linux and Windows on"
                        + " x86-64), or use the device cpu.");
    }

    /** ONNX Runtime has CUDA, but its provider does not start. */
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

    /** Whether a failure comes from CUDA, and not from the model. */
    static boolean causes(OrtException e) {
        return e.getCode() == OrtException.OrtErrorCode.ORT_EP_FAIL
                || CUDA_ERROR.matcher(String.valueOf(e.getMessage())).find();
    }

    /** The library that a message of the dynamic linker misses. */
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
        return "Install " + source + " of the version that ONNX Runtime "
                + OrtRuntime.environment().getVersion()
                + " wants and put its folder on " + (library.endsWith(".dll") ? "PATH" : "LD_LIBRARY_PATH")
                + ", or use the device cpu.";
    }

    /**
     * ONNX Runtime writes the linker's message to its log and throws without it. Loading the provider once more, from
     * where ONNX Runtime unpacked it or was told to find it, brings the message to Java.
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
        String told = System.getProperty("onnxruntime.native.path");
        if (told != null) {
            return Optional.of(Path.of(told, file)).filter(Files::isRegularFile);
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

    /** Anybody may put a folder of that name there: code is loaded from a folder of this user only. */
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
