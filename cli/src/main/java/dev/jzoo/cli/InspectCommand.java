package dev.jzoo.cli;

import dev.jzoo.cli.console.PlainWriter;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.OnnxOutline;
import dev.jzoo.onnx.passes.GraphCost;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code jzoo inspect}. */
@Command(
        name = "inspect",
        description = {"Show the inputs, outputs, operators and metadata of an ONNX file.", "The model is not run."},
        footer = {"  jzoo inspect mnist-logistic", "  jzoo inspect airline-lstm --json"})
final class InspectCommand implements Callable<Integer> {

    private static final int SHOWN_METADATA = 60;

    private final JzooCommand jzoo;

    @Parameters(paramLabel = "FILE", description = "An .onnx file, a folder with an .onnx file, or a model of the zoo.")
    private String file = "";

    InspectCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    /**
     * A file with weights next to the model.
     *
     * @param bytes its size; -1 if the file is missing
     */
    private record ExternalFile(String file, long bytes) {
        @Override
        public String toString() {
            return file + ", " + (bytes < 0 ? "which is missing" : ReadableNumbers.bytes(bytes));
        }
    }

    /** The document that {@code --json} prints. */
    private record InspectedFile(
            String file,
            long bytes,
            Sha256 sha256,
            String producer,
            long ir,
            SortedMap<String, Long> opsets,
            String graph,
            List<PortRow> inputs,
            List<PortRow> outputs,
            SortedMap<String, Long> operators,
            long nodes,
            long parameters,
            long multiplyAdds,
            List<String> uncounted,
            List<ExternalFile> external,
            List<String> functions,
            SortedMap<String, String> metadata) {}

    @Override
    public Integer call() throws IOException {
        Path path = jzoo.model(file);
        OnnxOutline outline = OnnxOutline.read(path);
        Optional<ModelCard> card =
                CardMetadata.read(path.toString(), outline.file().metadata());
        InspectedFile contents = contents(path, outline);
        jzoo.output().print(contents, out -> print(contents, card, out));
        return 0;
    }

    private InspectedFile contents(Path path, OnnxOutline outline) throws IOException {
        OnnxFile onnx = outline.file();
        GraphCost cost = GraphCost.of(onnx.graph());
        SortedMap<String, Long> opsets = new TreeMap<>();
        onnx.opsets().forEach((domain, version) -> opsets.put(domain.isEmpty() ? "ai.onnx" : domain, version));
        return new InspectedFile(
                path.toString(),
                Files.size(path),
                Sha256.of(path),
                (onnx.producer().name() + " " + onnx.producer().version()).strip(),
                onnx.irVersion(),
                opsets,
                onnx.graph().name(),
                outline.inputs().stream().map(PortRow::of).toList(),
                outline.outputs().stream().map(PortRow::of).toList(),
                outline.operators(),
                outline.nodes(),
                outline.parameters(),
                cost.multiplyAdds(),
                cost.uncounted(),
                external(path, outline.external()),
                outline.functions(),
                onnx.metadata());
    }

    private static List<ExternalFile> external(Path model, List<String> names) throws IOException {
        List<ExternalFile> files = new ArrayList<>();
        for (String name : names) {
            files.add(new ExternalFile(name, size(model, name)));
        }
        return files;
    }

    private static long size(Path model, String sibling) throws IOException {
        try {
            Path file = model.toAbsolutePath().resolveSibling(sibling);
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (InvalidPathException e) {
            return -1;
        }
    }

    private static void print(InspectedFile contents, Optional<ModelCard> card, PrintWriter out) {
        field(out, "File", contents.file);
        field(out, "Size", ReadableNumbers.bytes(contents.bytes) + ", SHA-256 " + contents.sha256);
        contents.external.forEach(file -> field(out, "Weights", file.toString()));
        card.ifPresent(c -> field(out, "Card", c.id() + " " + c.version() + ": " + c.title()));
        card.ifPresent(c -> field(out, "Metrics", ReadableNumbers.metrics(c.metrics())));
        field(out, "Producer", contents.producer.isEmpty() ? "unknown" : contents.producer);
        field(
                out,
                "Opset",
                contents.opsets.entrySet().stream()
                                .map(opset -> opset.getKey() + " " + opset.getValue())
                                .collect(Collectors.joining(", "))
                        + ", IR " + contents.ir);
        contents.inputs.forEach(port -> field(out, "Input", port.toString()));
        contents.outputs.forEach(port -> field(out, "Output", port.toString()));
        field(out, "Values", String.format(Locale.ROOT, "%,d in initializers", contents.parameters));
        field(
                out,
                "Cost",
                String.format(Locale.ROOT, "%,d multiply-adds for one example", contents.multiplyAdds)
                        + (contents.uncounted.isEmpty() ? "" : ", without " + String.join(", ", contents.uncounted)));
        field(out, "Nodes", contents.nodes + ": " + operators(contents.operators));
        contents.functions.forEach(function -> field(out, "Function", function));
        contents.metadata.forEach((key, value) -> field(out, "Metadata", key + " = " + shortened(value)));
    }

    private static void field(PrintWriter out, String name, String value) {
        out.printf("%-9s %s%n", name, PlainWriter.line(value));
    }

    private static String operators(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String shortened(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_METADATA
                ? line
                : line.substring(0, SHOWN_METADATA) + "... (" + value.length() + " characters)";
    }
}
