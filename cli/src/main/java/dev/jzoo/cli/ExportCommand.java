package dev.jzoo.cli;

import dev.jzoo.cli.checks.ModelCheck;
import dev.jzoo.cli.console.ReadableNumbers;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Parity;
import dev.jzoo.export.Tolerance;
import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.export.dl4j.keras.KerasFile;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Sha256;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo export}. */
@Command(
        name = "export",
        description =
                "Write a network as an ONNX file: one that DL4J's ModelSerializer saved (.zip), a model of Keras 1 or 2 in"
                        + " HDF5 (.h5), a DJL block of your own with its parameters, or the model of a run."
                        + " An export that does not compute what the framework computes is not written.",
        footer = {
            "  jzoo export runs/airline --out airline.onnx",
            "  jzoo export network.zip --out network.onnx",
            "  jzoo export network.zip --input x=batch,4 --opset 15 --out network.onnx --json",
            "  jzoo export model.h5 --out model.onnx",
            "  jzoo export --block com.acme.Net --classpath net.jar --params net-0000.params"
                    + " --input x=batch,4 --out net.onnx"
        })
final class ExportCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A zip of DL4J's ModelSerializer, a Keras model in HDF5, or the folder of a run.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = "--block",
            paramLabel = "CLASS",
            description = "In place of FILE: a DJL block with a constructor without arguments.")
    private Optional<String> block = Optional.empty();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description = "The block's parameters, by Model.save or Block.saveParameters.")
    private Optional<String> parameters = Optional.empty();

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            description = "Jars and folders that hold the block, separated as on the system's class path.")
    private Optional<String> classpath = Optional.empty();

    @Option(names = "--out", paramLabel = "X.onnx", required = true, description = "The file to write.")
    private String out = "";

    @Option(
            names = "--input",
            paramLabel = "NAME=SHAPE",
            description =
                    "An input of the network, where its configuration does not tell: x=batch,784. Names are axes of"
                            + " any size.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "17",
            description = "Version of the operators, 13 to 21 (17).")
    private int opset;

    @Option(
            names = "--lengths",
            paramLabel = "NAME",
            description =
                    "Add an input of DL4J's sequences: the steps that count of each, so that they may be filled up.")
    private Optional<String> lengths = Optional.empty();

    @Option(
            names = "--states",
            description = "Add inputs and outputs for the states of DL4J's recurrent layers, to go on from.")
    private boolean states;

    @Option(
            names = "--deep",
            description =
                    "Allow a value to differ from the framework's by 1e-4 of the output's largest, not of itself: for"
                            + " deep networks whose outputs are not normalised.")
    private boolean deep;

    ExportCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** What {@code --json} prints. */
    private record Written(
            String file, long bytes, Sha256 sha256, int nodes, long parameters, Parity parity, List<String> warnings) {}

    private record Copied(String file, long bytes, Sha256 sha256) {}

    @Override
    public Integer call() throws IOException {
        Path target = jzoo.host().path(out);
        if (file.isPresent() == block.isPresent() || block.isPresent() != parameters.isPresent()) {
            throw new IllegalArgumentException("Name a FILE, or a --block with its --params.");
        }
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException(target + " is a folder; --out names the file to write.");
        }
        if (block.isPresent()) {
            print(exportBlock(new DjlBlock(block.get(), classpath(), jzoo.host().path(parameters.get())), target));
            return 0;
        }
        Path source = jzoo.host().path(file.get());
        if (!Files.exists(source)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + source + ".", "Check the path for a slip.");
        }
        if (Files.isDirectory(source)) {
            Copied copied = copy(ModelLookup.requireFolder(source), target);
            jzoo.output().print(copied, text -> text.println(copied.file + "  " + ReadableNumbers.bytes(copied.bytes)));
        } else {
            print(write(exporter(source), target));
        }
        return 0;
    }

    private void print(Written written) {
        written.warnings.forEach(jzoo.output()::note);
        jzoo.output().print(written, text -> print(written, text));
    }

    private List<Path> classpath() {
        return classpath.stream()
                .flatMap(paths -> Arrays.stream(paths.split(Pattern.quote(File.pathSeparator))))
                .map(jzoo.host()::path)
                .toList();
    }

    private Written exportBlock(DjlBlock source, Path target) throws IOException {
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("A block needs its inputs: --input x=batch,3,224,224, for instance.");
        }
        List<long[]> shapes = inputs.values().stream()
                .map(text -> shape(text).stream()
                        .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed ? fixed.size() : 1)
                        .toArray())
                .toList();
        try (DjlBlock.Loaded loaded = source.load(shapes)) {
            return write(OnnxExporter.of(loaded.block()), target);
        }
    }

    /** The model of a run was exported when it was trained; it is checked once more and copied. */
    private static Copied copy(Path folder, Path target) throws IOException {
        ModelCheck.requireSound(folder, "exported");
        Path model = folder.resolve(ModelLookup.FILE);
        AtomicFile.write(target, bytes -> Files.copy(model, bytes));
        return new Copied(target.toString(), Files.size(target), Sha256.of(target));
    }

    /** What kind of file it is, its first bytes tell. */
    private OnnxExporter exporter(Path source) throws IOException {
        if (!KerasFile.isHdf5(source)) {
            return OnnxExporter.of(Dl4jZip.read(source));
        }
        return inputs.isEmpty() ? KerasFile.exporter(source) : OnnxExporter.of(KerasFile.network(source));
    }

    private Written write(OnnxExporter exporter, Path target) throws IOException {
        exporter.opset(opset).tolerance(deep ? Tolerance.deep() : Tolerance.strict());
        lengths.ifPresent(exporter::lengths);
        if (states) {
            exporter.states();
        }
        inputs.forEach((name, shape) -> exporter.input(name, DataType.FLOAT, shape(shape)));
        ExportReport report = exporter.write(target);
        return new Written(
                target.toString(),
                report.bytes(),
                report.sha256(),
                report.nodes(),
                report.parameters(),
                report.parity(),
                report.warnings());
    }

    private static List<Dimension> shape(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(axis -> axis.matches("\\d{1,9}") ? Dimension.of(Long.parseLong(axis)) : Dimension.of(axis))
                .toList();
    }

    private static void print(Written written, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s  %s, %d nodes, %,d values in initializers%n",
                written.file,
                ReadableNumbers.bytes(written.bytes),
                written.nodes,
                written.parameters);
        out.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values%n",
                ReadableNumbers.number(written.parity.maxError()),
                written.parity.values());
    }
}
