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
        description =
                "Write a network as an ONNX file: one that DL4J's ModelSerializer saved (.zip), a model of Keras 2 in"
                        + " HDF5 (.h5), a DJL block of your own with its parameters, or the model of a run."
                        + " An export that does not compute what the framework computes is not written.",
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
            description = "A zip of DL4J's ModelSerializer, a Keras model in HDF5, or the folder of a run.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--block",
            paramLabel = "CLASS",
            description = "In place of FILE: a DJL block with a constructor without arguments.")
    private Optional<String> block = Optional.empty();

    @Option(
            names = "--params",
            paramLabel = "FILE",
            description = "The block's parameters, by Model.save or Block.saveParameters.")
    private Optional<Path> parameters = Optional.empty();

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            split = "${sys:path.separator}",
            hideParamSyntax = true,
            description = "Jars and folders that hold the block, separated as on the system's class path.")
    private List<Path> classpath = new ArrayList<>();

    @Option(names = "--out", paramLabel = "X.onnx", required = true, description = "The file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--input",
            paramLabel = "NAME[:TYPE][:LOW..HIGH]=AXES",
            hideParamSyntax = true,
            description =
                    "An input of the network, where its configuration does not tell: x=batch,784. Words are axes of any size."
                            + " With a type other than float, or the range of its values: ids:int64:0..999=batch,time.")
    private List<InputDeclaration> inputs = new ArrayList<>();

    @Option(
            names = "--opset",
            paramLabel = "N",
            defaultValue = "17",
            description = "Version of the operators, 13 to 23 (default: ${DEFAULT-VALUE}).")
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

    /** The result for the model of a run, as {@code --json} prints it. */
    private record Copied(String file, long bytes, Sha256 sha256) {}

    @Override
    public Integer call() throws IOException {
        if (file.isPresent() == block.isPresent() || block.isPresent() != parameters.isPresent()) {
            throw new UsageException("Name a FILE, or a --block with its --params.");
        }
        if (Files.isDirectory(out)) {
            throw new UsageException(out + " is a folder; --out names the file to write.");
        }
        if (block.isPresent()) {
            exportBlock(new SavedBlock(block.get(), classpath, parameters.get()));
        } else if (Files.isDirectory(file.get())) {
            Copied copied = copy(ModelLookup.requireFolder(file.get()).resolve(ModelLookup.FILE), out);
            jzoo.output().print(copied, text -> text.println(copied.file + "  " + ReadableNumbers.bytes(copied.bytes)));
        } else {
            requireFile(file.get(), "Check the path for a slip.");
            export(() -> NetworkFile.exporter(file.get(), inputs));
        }
        return 0;
    }

    private void exportBlock(SavedBlock source) throws IOException {
        if (inputs.isEmpty()) {
            throw new UsageException(
                    "A block needs its inputs, each with --input: x=batch,784 for rows, x=batch,3,224,224 for pictures,"
                            + " x=batch,time,16 for sequences, ids:int64=batch,time for ids.");
        }
        requireFile(source.parameters(), "Check --params for a slip.");
        for (Path entry : classpath) {
            if (!Files.exists(entry)) {
                throw notFound("There is nothing at " + entry + ".", "--classpath names jars and folders of classes.");
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
            throw new DataFormatException(path, "expected a network to export, found " + FileKind.describe(head));
        }
    }

    private static JZooException notFound(String message, String hint) {
        return new JZooException(JZooException.Code.NOT_FOUND, message, hint);
    }

    /** The model of a run was exported when it was trained; it is checked once more and copied. */
    private static Copied copy(Path model, Path target) throws IOException {
        ModelCheck.requireSound(model, "exported");
        AtomicFile.write(target, bytes -> Files.copy(model, bytes));
        return new Copied(target.toString(), Files.size(target), Sha256.of(target));
    }

    /** Begins an export. */
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
