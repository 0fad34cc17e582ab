package dev.jzoo.cli;

import ai.onnxruntime.OrtEnvironment;
import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.inference.CudaLibraries;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.RuntimeJars;
import dev.jzoo.inference.Tensor;
import dev.jzoo.zoo.Dimension;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.MirrorProbe;
import dev.jzoo.zoo.ReadableNumbers;
import dev.jzoo.zoo.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at what JZoo needs, by trying it. The engines are looked at without being started, which would take seconds.
 *
 * @param settings whose cache and mirrors are looked at
 */
record Examination(Settings settings) {

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(cache(settings.home()));
        settings.mirrors().forEach(mirror -> findings.add(mirror(mirror, settings)));
        if (settings.mirrors().isEmpty()) {
            findings.add(Finding.absent(
                    "mirrors", "none", "Not needed; " + Settings.MIRROR + " can name folders or URLs to try first."));
        }
        findings.add(runtime());
        findings.addAll(runtimes(RuntimeJars.onClassPath()));
        findings.add(cuda());
        if (platform().equals("linux-x86_64")) {
            findings.add(cudaLibraries(CudaLibraries.look()));
        }
        findings.add(djl());
        findings.add(dl4j());
        return findings;
    }

    private static Finding java() {
        return Finding.ok(
                "java",
                Runtime.version() + " (" + System.getProperty("java.vm.vendor") + "), " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
    }

    private static Finding memory() {
        Runtime runtime = Runtime.getRuntime();
        String found = ReadableNumbers.bytes(runtime.maxMemory()) + " for Java, " + runtime.availableProcessors()
                + " processors";
        return runtime.maxMemory() >= 900_000_000
                ? Finding.ok("memory", found)
                : Finding.absent("memory", found, "Training on MNIST needs 1 GB: JZOO_JAVA_OPTS=-Xmx1g.");
    }

    private static Finding cache(Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, ".doctor-", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(home).getUsableSpace();
            return Finding.ok("cache", home + ", " + ReadableNumbers.bytes(free) + " free");
        } catch (IOException e) {
            return Finding.broken(
                    "cache",
                    home + " cannot be written: " + Failure.of(e).message(),
                    "Make it writable, or name another folder in " + Settings.HOME + ".");
        }
    }

    private static Finding mirror(URI mirror, Settings settings) {
        if ("file".equals(mirror.getScheme())) {
            return Files.isDirectory(Path.of(mirror))
                    ? Finding.ok("mirror", Path.of(mirror) + " is a folder")
                    : Finding.broken("mirror", Path.of(mirror) + " is no folder", "Correct " + Settings.MIRROR + ".");
        }
        if (settings.offline()) {
            return Finding.absent("mirror", mirror + " is not asked: offline", "");
        }
        try {
            int status = MirrorProbe.status(mirror);
            return Finding.ok("mirror", mirror + " answers (" + status + ")");
        } catch (IOException e) {
            return Finding.broken(
                    "mirror",
                    mirror + " does not answer: " + e.getMessage(),
                    "Check the address in " + Settings.MIRROR + " and the network.");
        }
    }

    private static Finding runtime() {
        try (OnnxModel model = OnnxModel.open(identity(), "probe", Device.cpu())) {
            model.run(Map.of("x", Tensor.of(new float[] {1}, 1)));
            return Finding.ok(
                    "onnxruntime",
                    OrtEnvironment.getEnvironment().getVersion() + ", providers "
                            + OrtEnvironment.getAvailableProviders());
        } catch (IOException | JZooException | LinkageError e) {
            Failure failure = Failure.of(e);
            return Finding.broken("onnxruntime", failure.message(), failure.hint());
        }
    }

    private static Finding cuda() {
        try (OnnxModel model = OnnxModel.open(identity(), "probe", Device.cuda(0))) {
            return Finding.ok("cuda", "models run on " + model.device());
        } catch (IOException | JZooException | LinkageError e) {
            Failure failure = Failure.of(e);
            return Finding.absent("cuda", failure.message(), failure.hint());
        }
    }

    /** One ONNX Runtime is as it should be, and nothing to tell. */
    static List<Finding> runtimes(List<String> jars) {
        return jars.size() < 2
                ? List.of()
                : List.of(Finding.broken(
                        "onnxruntime",
                        "there are " + jars.size() + " on the class path, of which the first counts: "
                                + String.join(", ", jars),
                        "Keep one: onnxruntime_gpu where a GPU is to be used, else onnxruntime."));
    }

    static Finding cudaLibraries(CudaLibraries look) {
        if (look.faults().isEmpty()) {
            return Finding.ok(
                    "cuda libraries",
                    look.libraries().size() + " of " + look.libraries().size() + " are found (" + look.source() + ")");
        }
        Map<Optional<Path>, List<String>> places = look.faults().stream()
                .collect(Collectors.groupingBy(
                        CudaLibraries.Library::folder,
                        LinkedHashMap::new,
                        Collectors.mapping(CudaLibraries.Library::name, Collectors.toList())));
        String faults = places.entrySet().stream()
                .map(place -> place.getKey()
                                .map(folder -> "in " + folder + ", where the linker does not look: ")
                                .orElse("missing: ")
                        + String.join(", ", place.getValue()))
                .collect(Collectors.joining("; "));
        return Finding.absent(
                "cuda libraries",
                look.faults().size() + " of " + look.libraries().size() + " are not found (" + look.source() + "); "
                        + faults,
                String.join(" ", look.remedies()) + " Models run on the processor without them.");
    }

    /** The smallest model there is: y = x. */
    private static byte[] identity() {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.shape(1));
        graph.op("Identity", graph.input(x)).emitAs("y");
        graph.output(x.named("y"));
        SortedMap<String, Long> opsets = new TreeMap<>(Map.of("", 17L));
        return new OnnxFile(8, opsets, new OnnxFile.Producer("jzoo", ""), graph.build("probe"), new TreeMap<>())
                .toBytes();
    }

    private static Finding djl() {
        Properties found = new Properties();
        try (InputStream in = Examination.class.getResourceAsStream("/native/lib/pytorch.properties")) {
            if (in == null) {
                return Finding.absent("djl", "no native PyTorch on the class path", "Training with DJL needs it.");
            }
            found.load(in);
        } catch (IOException e) {
            return Finding.absent("djl", "its native PyTorch cannot be read: " + e.getMessage(), "");
        }
        return Finding.ok("djl", "PyTorch " + found.getProperty("version") + " for " + found.getProperty("classifier"));
    }

    private static Finding dl4j() {
        String platform = platform();
        String library = "/org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + "/" + System.mapLibraryName("nd4jcpu");
        return Examination.class.getResource(library) == null
                ? Finding.absent("dl4j", "no native ND4J for " + platform, "Training with DL4J needs it.")
                : Finding.ok("dl4j", "ND4J for " + platform);
    }

    /** As JavaCPP names it. */
    private static String platform() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        return (os.startsWith("Mac") ? "macosx" : os.startsWith("Windows") ? "windows" : "linux") + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
