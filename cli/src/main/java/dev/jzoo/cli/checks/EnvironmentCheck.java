package dev.jzoo.cli.checks;

import ai.onnxruntime.OrtEnvironment;
import dev.jzoo.cli.console.Failure;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.inference.natives.CudaLibraries;
import dev.jzoo.inference.natives.RuntimeJars;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.download.MirrorProbe;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.settings.Settings;
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
 * A check of the environment that tries each part. It does not start the training engines, which would take seconds.
 *
 * @param settings the settings whose cache and mirrors are checked
 */
public record EnvironmentCheck(Settings settings) {

    public List<CheckFinding> findings() {
        List<CheckFinding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(memory());
        findings.add(cache(settings.home()));
        settings.mirrors().forEach(mirror -> findings.add(mirror(mirror, settings)));
        if (settings.mirrors().isEmpty()) {
            findings.add(CheckFinding.absent(
                    "mirrors", "none", "Optional: " + Settings.MIRROR + " can list folders or URLs to try first."));
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

    private static CheckFinding java() {
        return CheckFinding.ok(
                "java",
                Runtime.version() + " (" + System.getProperty("java.vm.vendor") + "), " + System.getProperty("os.name")
                        + " " + System.getProperty("os.arch"));
    }

    private static CheckFinding memory() {
        Runtime runtime = Runtime.getRuntime();
        String found = ReadableNumbers.bytes(runtime.maxMemory()) + " for Java, " + runtime.availableProcessors()
                + " processors";
        return runtime.maxMemory() >= 900_000_000
                ? CheckFinding.ok("memory", found)
                : CheckFinding.absent("memory", found, "Training on MNIST needs 1 GB; set JZOO_JAVA_OPTS=-Xmx1g.");
    }

    private static CheckFinding cache(Path home) {
        try {
            Files.createDirectories(home);
            Path probe = Files.createTempFile(home, ".doctor-", ".tmp");
            Files.delete(probe);
            long free = Files.getFileStore(home).getUsableSpace();
            return CheckFinding.ok("cache", home + ", " + ReadableNumbers.bytes(free) + " free");
        } catch (IOException e) {
            return CheckFinding.broken(
                    "cache",
                    home + " is not writable: " + Failure.of(e).message(),
                    "Make it writable, or set " + Settings.HOME + " to another folder.");
        }
    }

    private static CheckFinding mirror(URI mirror, Settings settings) {
        if ("file".equals(mirror.getScheme())) {
            return Files.isDirectory(Path.of(mirror))
                    ? CheckFinding.ok("mirror", Path.of(mirror) + " is a folder")
                    : CheckFinding.broken(
                            "mirror", Path.of(mirror) + " is not a folder", "Correct " + Settings.MIRROR + ".");
        }
        if (settings.offline()) {
            return CheckFinding.absent("mirror", PublicAddress.of(mirror) + " was not tried: offline", "");
        }
        try {
            int status = MirrorProbe.status(mirror);
            return CheckFinding.ok("mirror", PublicAddress.of(mirror) + " answers (" + status + ")");
        } catch (IOException e) {
            return CheckFinding.broken(
                    "mirror",
                    PublicAddress.of(mirror) + " does not answer: " + e.getMessage(),
                    "Check the address in " + Settings.MIRROR + " and the network.");
        }
    }

    private static CheckFinding runtime() {
        try (OnnxModel model = OnnxModel.open(identity(), "probe", Device.cpu())) {
            model.run(Map.of("x", Tensor.of(new float[] {1}, 1)));
            return CheckFinding.ok(
                    "onnxruntime",
                    OrtEnvironment.getEnvironment().getVersion() + ", providers "
                            + OrtEnvironment.getAvailableProviders());
        } catch (IOException | JZooException | LinkageError e) {
            Failure failure = Failure.of(e);
            return CheckFinding.broken("onnxruntime", failure.message(), failure.hint());
        }
    }

    private static CheckFinding cuda() {
        try (OnnxModel model = OnnxModel.open(identity(), "probe", Device.cuda(0))) {
            return CheckFinding.ok("cuda", "models run on " + model.device());
        } catch (IOException | JZooException | LinkageError e) {
            Failure failure = Failure.of(e);
            return CheckFinding.absent("cuda", failure.message(), failure.hint());
        }
    }

    /** Returns a finding if several ONNX Runtimes are on the class path, and none otherwise. */
    static List<CheckFinding> runtimes(List<String> jars) {
        return jars.size() < 2
                ? List.of()
                : List.of(CheckFinding.broken(
                        "onnxruntime",
                        jars.size() + " jars on the class path contain ONNX Runtime, and Java uses the first: "
                                + String.join(", ", jars),
                        "Keep one: onnxruntime_gpu if you use a GPU, onnxruntime otherwise."));
    }

    static CheckFinding cudaLibraries(CudaLibraries look) {
        if (look.faults().isEmpty()) {
            return CheckFinding.ok(
                    "cuda libraries",
                    look.libraries().size() + " of " + look.libraries().size() + " found (" + look.source() + ")");
        }
        Map<Optional<Path>, List<String>> places = look.faults().stream()
                .collect(Collectors.groupingBy(
                        CudaLibraries.Library::folder,
                        LinkedHashMap::new,
                        Collectors.mapping(CudaLibraries.Library::name, Collectors.toList())));
        String faults = places.entrySet().stream()
                .map(place -> place.getKey()
                                .map(folder -> "in " + folder + ", which the linker does not search: ")
                                .orElse("missing: ")
                        + String.join(", ", place.getValue()))
                .collect(Collectors.joining("; "));
        return CheckFinding.absent(
                "cuda libraries",
                look.faults().size() + " of " + look.libraries().size() + " not found (" + look.source() + "); "
                        + faults,
                String.join(" ", look.remedies()) + " Without them, models run on the CPU.");
    }

    /** Returns the smallest possible model: y = x. */
    private static byte[] identity() {
        GraphBuilder graph = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.shape(1));
        graph.op("Identity", graph.input(x)).emitAs("y");
        graph.output(x.named("y"));
        SortedMap<String, Long> opsets = new TreeMap<>(Map.of("", 17L));
        return new OnnxFile(8, opsets, new OnnxFile.Producer("jzoo", ""), graph.build("probe"), new TreeMap<>())
                .toBytes();
    }

    private static CheckFinding djl() {
        Properties found = new Properties();
        try (InputStream in = EnvironmentCheck.class.getResourceAsStream("/native/lib/pytorch.properties")) {
            if (in == null) {
                return CheckFinding.absent(
                        "djl", "no native PyTorch on the class path", "Needed for training with DJL.");
            }
            found.load(in);
        } catch (IOException e) {
            return CheckFinding.absent("djl", "could not read its native PyTorch: " + e.getMessage(), "");
        }
        return CheckFinding.ok(
                "djl", "PyTorch " + found.getProperty("version") + " for " + found.getProperty("classifier"));
    }

    private static CheckFinding dl4j() {
        String platform = platform();
        String library = "/org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + "/" + System.mapLibraryName("nd4jcpu");
        return EnvironmentCheck.class.getResource(library) == null
                ? CheckFinding.absent("dl4j", "no native ND4J for " + platform, "Needed for training with DL4J.")
                : CheckFinding.ok("dl4j", "ND4J for " + platform);
    }

    /** Returns JavaCPP's name of this platform. */
    private static String platform() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        return (os.startsWith("Mac") ? "macosx" : os.startsWith("Windows") ? "windows" : "linux") + "-"
                + (arch.equals("amd64") || arch.equals("x86_64") ? "x86_64" : arch.equals("aarch64") ? "arm64" : arch);
    }
}
