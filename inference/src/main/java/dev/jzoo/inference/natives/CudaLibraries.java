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
 * The shared libraries that ONNX Runtime's CUDA provider needs on Linux, with their places on this machine. They are
 * searched where the dynamic linker searches, but not loaded.
 *
 * @param source origin of their names: the provider on the class path, or a list for ONNX Runtime 1.28
 * @param libraries in the provider's order, followed by the libraries that ONNX Runtime 1.28 and cuDNN load while models run
 */
public record CudaLibraries(String source, List<Library> libraries) {

    /**
     * A library.
     *
     * @param name with its major version: "libcudnn.so.9"
     * @param state whether the linker will find it
     * @param folder the folder that contains it; empty if it is missing
     */
    public record Library(String name, LibraryState state, Optional<Path> folder) {}

    /** The result of the search for a library. */
    public enum LibraryState {
        /** The dynamic linker finds it. */
        FOUND,
        /** A CUDA folder contains it, but the dynamic linker does not search there. */
        NOT_ON_THE_PATH,
        /** None of the usual folders contains it. */
        MISSING
    }

    private static final String PROVIDER = "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    /** The {@code DT_NEEDED} entries of the provider in onnxruntime_gpu-1.28.0.jar, without the C library. */
    private static final List<String> OF_1_28 =
            List.of("libcublasLt.so.12", "libcublas.so.12", "libcurand.so.10", "libcudart.so.12", "libcuda.so.1");

    /** The libraries that this provider loads by name when an operator needs them; cuDNN for the first convolution. */
    private static final List<String> LOADED_BY_1_28 = List.of("libcufft.so.11", "libcudnn.so.9", "libnvrtc.so.12");

    private static final Pattern VERSIONED = Pattern.compile("lib\\w+\\.so\\.(\\d+)");

    /** The libraries that cuDNN 9 loads by name when a convolution runs. */
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

    /** Searches on this machine. */
    public static CudaLibraries look() {
        URL provider = CudaLibraries.class.getClassLoader().getResource(PROVIDER);
        String source = "a list for ONNX Runtime 1.28";
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
     * Searches below a folder that represents the root of the file system.
     *
     * @param named the provider's {@code DT_NEEDED} entries
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

    /** Returns the CUDA libraries among the needed ones, and the libraries that these load by name. */
    private static List<String> withLoadedLater(List<String> named) {
        Set<String> all = new LinkedHashSet<>();
        named.stream().filter(name -> name.matches("lib(cu|nv)\\w+\\.so.*")).forEach(all::add);
        all.addAll(LOADED_BY_1_28);
        OF_CUDNN.forEach(library -> all.add(library + ".so.9"));
        return List.copyOf(all);
    }

    /** Returns the folders that ld.so(8) searches: from the environment, from its configuration, and the usual ones. */
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
            return; // a system without a configuration has only the usual folders
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

    /** Returns the folders of toolkits that were unpacked manually. */
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
                return List.of(); // libraries cannot be loaded from an unreadable folder
            }
        }
        files.sort(null);
        return files;
    }

    /** Returns the libraries that the linker will not find. */
    public List<Library> faults() {
        return libraries.stream()
                .filter(library -> library.state != LibraryState.FOUND)
                .toList();
    }

    /** Returns advice for {@link #faults()}, one sentence for each cause; empty if there are none. */
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
            remedies.add("Add "
                    + String.join(":", folders.stream().map(Path::toString).toList()) + " to LD_LIBRARY_PATH.");
        }
        return remedies;
    }

    /** Returns the product that contains a library: "cuDNN 9". */
    private String origin(String library) {
        if (library.startsWith("libcudnn")) {
            return "cuDNN" + version(library);
        }
        if (library.startsWith("libcuda.")) {
            return "the NVIDIA driver";
        }
        // cuRAND and cuFFT have their own versions; the runtime has the toolkit's
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
