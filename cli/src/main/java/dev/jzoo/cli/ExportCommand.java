package dev.jzoo.cli;

import dev.jzoo.cli.console.UsageException;
import dev.jzoo.export.DisagreementException;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.InputDeclaration;
import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Tolerance;
import dev.jzoo.export.djl.SavedBlock;
import dev.jzoo.export.dl4j.NetworkFile;
import dev.jzoo.export.verification.ModelCheck;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jzoo export}. */
@Command(
        name = "export",
        description = {
            "Export a network of DL4J, Keras or DJL to an ONNX file.",
            "Exports a network saved by DL4J's ModelSerializer (.zip), a Keras 2 model in HDF5 (.h5), your own"
                    + " DJL block with its parameters, or the model of a run. JZoo compares the file with the framework and"
                    + " writes it only if both compute the same values."
        },
        footer = {
            "  jzoo export runs/airline --out airline.onnx",
            "  jzoo export network.zip --out network.onnx",
            "  jzoo export network.zip --input x=batch,4 --opset 15 --out network.onnx --json",
            "  jzoo export words.zip --input ids:int64:0..999=batch,time --out words.onnx",
            "  jzoo export model.h5 --out model.onnx",
            "  jzoo export --block com.acme.Net --classpath net.jar --params net-0000.params"
                    + " --input x=batch,4 --out net.onnx"
        })
final class ExportCommand implements Callable<Integer> {

    private final JzooCommand jzoo;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "A .zip of DL4J's ModelSerializer, a Keras model in HDF5 (.h5), or the folder of a run.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--block",
            paramLabel = "CLASS",
            description = "Instead of FILE: the class of a DJL block that has a constructor without arguments.")
    private Optional<String> block = Optional.empty();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description = "The block's parameters, saved with Model.save or Block.saveParameters.")
    private Optional<Path> parameters = Optional.empty();

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            split = "${sys:path.separator}",
            hideParamSyntax = true,
            description = "Jars and folders with the block's classes, separated as in Java's class path.")
    private List<Path> classpath = new ArrayList<>();

    @Option(names = "--out", paramLabel = "X.onnx", required = true, description = "The ONNX file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "NAME[:TYPE][:LOW..HIGH]=AXES",
            hideParamSyntax = true,
            description =
                    "An input that the network's configuration does not describe: x=batch,784. A name such as batch is"
                            + " an axis of any size. Add a type (default: float) or a range of values if needed:"
                            + " ids:int64:0..999=batch,time."
                            + " Repeat the option for each input, in the network's order.")
    private List<InputDeclaration> inputs = new ArrayList<>();

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "17",
            description = "Opset version, 13 to 23 (default: ${DEFAULT-VALUE}).")
    private int opset;

    @Option(
            names = "--lengths",
            paramLabel = "NAME",
            description = "Add an input NAME with the length of each sequence, so that padded sequences can be batched."
                    + " DL4J only.")
    private Optional<String> lengths = Optional.empty();

    @Option(
            names = "--states",
            description =
                    "Add the states of recurrent layers as inputs and outputs, so that a sequence can be continued."
                            + " DL4J only.")
    private boolean states;

    @Option(
            names = "--deep",
            description =
                    "Allow each value to differ from the framework's by 1e-4 of the output's largest value instead of"
                            + " 1e-4 of"
                            + " itself. For deep networks whose outputs are not normalised.")
    private boolean deep;

    ExportCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /** The result of copying a run's model, as {@code --json} prints it. */
    private record Copied(String file, long bytes, Sha256 sha256) {}

    @Override
    public Integer call() throws IOException {
        if (file.isPresent() == block.isPresent() || block.isPresent() != parameters.isPresent()) {
            throw new UsageException("Expected either FILE, or --block together with --params.");
        }
        if (Files.isDirectory(out)) {
            throw new UsageException(out + " is a folder; --out expects the file to write.");
        }
        if (block.isPresent()) {
            exportBlock(new SavedBlock(block.get(), classpath, parameters.get()));
        } else if (Files.isDirectory(file.get())) {
            Copied copied = copy(ModelLookup.requireFolder(file.get()).resolve(ModelLookup.FILE), out);
            jzoo.output().print(copied, text -> text.println(copied.file + "  " + ReadableNumbers.bytes(copied.bytes)));
        } else {
            requireFile(file.get(), "Check the path for typos.");
            export(() -> NetworkFile.exporter(file.get(), inputs));
        }
        return 0;
    }

    private void exportBlock(SavedBlock source) throws IOException {
        if (inputs.isEmpty()) {
            throw new UsageException(
                    "A block's inputs must be declared, each with --input: x=batch,784 for rows, x=batch,3,224,224 for"
                            + " pictures, x=batch,time,16 for sequences, ids:int64=batch,time for ids.");
        }
        requireFile(source.parameters(), "Check --params for typos.");
        for (Path entry : classpath) {
            if (!Files.exists(entry)) {
                throw notFound(entry + " does not exist.", "--classpath expects jars and folders of classes.");
            }
        }
        try (SavedBlock.LoadedBlock loaded =
                source.load(inputs.stream().map(input -> input.port().shape()).toList())) {
            OnnxExporter exporter = OnnxExporter.of(loaded.block());
            inputs.forEach(exporter::input);
            export(() -> exporter);
        }
    }

    private static void requireFile(Path path, String hint) throws IOException {
        if (!Files.exists(path)) {
            throw notFound("There is no file " + path + ".", hint);
        }
        byte[] head = Files.isRegularFile(path) ? FileKind.head(path) : new byte[] {0};
        if (head.length == 0 || !FileKind.advice(head).isEmpty()) {
            throw new DataFormatException(path, "expected a network, found " + FileKind.describe(head));
        }
    }

    private static JZooException notFound(String message, String hint) {
        return new JZooException(JZooException.Code.NOT_FOUND, message, hint);
    }

    /** Copies the model of a run after checking it once more. It was exported when it was trained. */
    private static Copied copy(Path model, Path target) throws IOException {
        ModelCheck.requireSound(model, "exported");
        AtomicFile.write(target, bytes -> Files.copy(model, bytes));
        return new Copied(target.toString(), Files.size(target), Sha256.of(target));
    }

    /** A factory of exporters. */
    private interface ExporterSource {
        OnnxExporter open() throws IOException;
    }

    private void export(ExporterSource source) throws IOException {
        ExportReport report;
        try {
            OnnxExporter exporter = source.open().opset(opset).tolerance(deep ? Tolerance.deep() : Tolerance.strict());
            lengths.ifPresent(exporter::lengths);
            if (states) {
                exporter.states();
            }
            report = exporter.write(out);
        } catch (InputDeclarationException e) {
            throw ExportAdvice.of(e);
        } catch (DisagreementException e) {
            throw ExportAdvice.of(e);
        }
        ExportDocument document = ExportDocument.of(out, report);
        document.warnings().forEach(jzoo.output()::note);
        jzoo.output().print(document, document::print);
    }
}
