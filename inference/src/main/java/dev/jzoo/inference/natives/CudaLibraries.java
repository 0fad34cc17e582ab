package dev.jzoo.inference.natives;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The shared libraries that ONNX Runtime's CUDA provider needs on Linux, and where they are on this machine. They are looked
 * for where the dynamic linker looks, but nothing is loaded.
 *
 * @param source where their names are from: the provider on the class path, or what is known of ONNX Runtime 1.28
 * @param libraries in the order in which the provider names them, then those that ONNX Runtime 1.28 and cuDNN load while models run
 */
public record CudaLibraries(String source, List<Library> libraries) {

    /**
     * A library.
     *
     * @param name with its major version: "libcudnn.so.9"
     * @param state whether it will be found
     * @param folder where it is; empty where it is missing
     */
    public record Library(String name, LibraryState state, Optional<Path> folder) {}

    /** Whether a library will be found. */
    public enum LibraryState {
        /** The dynamic linker finds it. */
        FOUND,
        /** It is there, in a folder of CUDA's where the dynamic linker does not look. */
        NOT_ON_THE_PATH,
        /** It is in none of the usual places. */
        MISSING
    }

    private static final String PROVIDER = "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    /** The {@code DT_NEEDED} of the provider in onnxruntime_gpu-1.28.0.jar, but the C library's. */
    private static final List<String> OF_1_28 =
            List.of("libcublasLt.so.12", "libcublas.so.12", "libcurand.so.10", "libcudart.so.12", "libcuda.so.1");

    /** What that provider loads by name, once an operator wants it; cuDNN for the first convolution. */
    private static final List<String> LOADED_BY_1_28 = List.of("libcufft.so.11", "libcudnn.so.9", "libnvrtc.so.12");

    private static final Pattern VERSIONED = Pattern.compile("lib\\w+\\.so\\.(\\d+)");

    /** What cuDNN 9 loads by name, once a convolution runs. */
    private static final List<String> OF_CUDNN = List.of(
            "libcudnn_graph",
            "libcudnn_ops",
            "libcudnn_cnn",
            "libcudnn_adv",
            "libcudnn_heuristic",
            "libcudnn_engines_precompiled",
            "libcudnn_engines_runtime_compiled");

    public CudaLibraries {
        libraries = List.copyOf(libraries);
    }

    /** Looks on this machine. */
    public static CudaLibraries look() {
        URL provider = CudaLibraries.class.getClassLoader().getResource(PROVIDER);
        String source = "what is known of ONNX Runtime 1.28";
        List<String> named = OF_1_28;
        if (provider != null) {
            try {
                named = new ElfFile(provider::openStream).needed();
                source = "the provider on the class path";
            } catch (IOException e) {
                source += ", since the provider on the class path cannot be read: " + e.getMessage();
            }
        }
        return of(source, named, System.getenv(), Path.of("/"));
    }

    /**
     * Looks below a folder that stands for the root of the file system.
     *
     * @param named the provider's {@code DT_NEEDED}
     */
    static CudaLibraries of(String source, List<String> named, Map<String, String> environment, Path root) {
        Set<Path> searched = searched(environment, root);
        Set<Path> others = new LinkedHashSet<>(toolkits(root));
        return new CudaLibraries(
                source,
                withLoadedLater(named).stream()
                        .map(name -> library(name, searched, others))
                        .toList());
    }

    private static Library library(String name, Set<Path> searched, Set<Path> others) {
        Predicate<Path> has = folder -> Files.exists(folder.resolve(name));
        Optional<Path> found = searched.stream().filter(has).findFirst();
        if (found.isPresent()) {
            return new Library(name, LibraryState.FOUND, found);
        }
        Optional<Path> other = others.stream().filter(has).findFirst();
        return new Library(name, other.isPresent() ? LibraryState.NOT_ON_THE_PATH : LibraryState.MISSING, other);
    }

    /** CUDA's among the needed, and what is loaded by name in their turn. */
    private static List<String> withLoadedLater(List<String> named) {
        Set<String> all = new LinkedHashSet<>();
        named.stream().filter(name -> name.matches("lib(cu|nv)\\w+\\.so.*")).forEach(all::add);
        all.addAll(LOADED_BY_1_28);
        OF_CUDNN.forEach(library -> all.add(library + ".so.9"));
        return List.copyOf(all);
    }

    /** Where ld.so(8) looks: the environment's folders, those of its configuration, the usual ones. */
    private static Set<Path> searched(Map<String, String> environment, Path root) {
        Set<Path> folders = new LinkedHashSet<>();
        Arrays.stream(environment.getOrDefault("LD_LIBRARY_PATH", "").split("[:;]"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> below(root, folder))
                .forEach(folders::add);
        configured(root, root.resolve("etc/ld.so.conf"), folders);
        for (String usual :
                List.of("lib", "usr/lib", "lib64", "usr/lib64", "lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu")) {
            folders.add(root.resolve(usual));
        }
        return folders;
    }

    private static Path below(Path root, String folder) {
        return root.resolve(folder.replaceFirst("^/+", ""));
    }

    private static void configured(Path root, Path file, Set<Path> folders) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            return; // a system without one has the usual folders only
        }
        for (String line : lines) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ")) {
                Path pattern = below(root, text.substring("include ".length()).strip());
                Path folder = pattern.getParent();
                if (folder != null) {
                    files(folder, pattern.getFileName().toString())
                            .forEach(included -> configured(root, included, folders));
                }
            } else if (!text.isEmpty()) {
                folders.add(below(root, text));
            }
        }
    }

    /** Where a toolkit that was unpacked by hand is. */
    private static List<Path> toolkits(Path root) {
        return files(root.resolve("usr/local"), "cuda*").stream()
                .flatMap(toolkit ->
                        Stream.of("lib64", "lib", "targets/x86_64-linux/lib").map(toolkit::resolve))
                .toList();
    }

    private static List<Path> files(Path folder, String glob) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(files::add);
            } catch (IOException e) {
                return List.of(); // what cannot be listed cannot be loaded from
            }
        }
        files.sort(null);
        return files;
    }

    /** Those that will not be found. */
    public List<Library> faults() {
        return libraries.stream()
                .filter(library -> library.state != LibraryState.FOUND)
                .toList();
    }

    /** What to do about {@link #faults()}, a sentence for each cause; empty where there are none. */
    public List<String> remedies() {
        List<String> remedies = new ArrayList<>();
        Set<Path> folders = new LinkedHashSet<>();
        Set<String> toInstall = new LinkedHashSet<>();
        for (Library fault : faults()) {
            fault.folder.ifPresentOrElse(folders::add, () -> toInstall.add(origin(fault.name)));
        }
        if (!toInstall.isEmpty()) {
            remedies.add("Install " + String.join(", ", toInstall) + ".");
        }
        if (!folders.isEmpty()) {
            remedies.add("Put "
                    + String.join(":", folders.stream().map(Path::toString).toList()) + " on LD_LIBRARY_PATH.");
        }
        return remedies;
    }

    /** What a library is installed with: "cuDNN 9". */
    private String origin(String library) {
        if (library.startsWith("libcudnn")) {
            return "cuDNN" + version(library);
        }
        if (library.startsWith("libcuda.")) {
            return "the NVIDIA driver";
        }
        // the versions of cuRAND and cuFFT are their own, that of the runtime is the toolkit's
        return "the CUDA toolkit"
                + libraries.stream()
                        .map(Library::name)
                        .filter(name -> name.startsWith("libcudart."))
                        .map(CudaLibraries::version)
                        .findFirst()
                        .orElse("");
    }

    private static String version(String library) {
        Matcher parts = VERSIONED.matcher(library);
        return parts.matches() ? " " + parts.group(1) : "";
    }
}
