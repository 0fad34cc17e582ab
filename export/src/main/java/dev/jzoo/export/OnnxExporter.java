package dev.jzoo.export;

import dev.jzoo.export.onnx.DataType;
import dev.jzoo.export.onnx.Dim;
import dev.jzoo.export.onnx.Graph;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.TensorData;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.zoo.AtomicFile;
import dev.jzoo.zoo.CardMetadata;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import dev.jzoo.zoo.ModelCard;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Version;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Exports a trained network to an ONNX file.
 *
 * <pre>{@code
 * OnnxExporter.of(network).card(card).write(Path.of("mine.onnx"));   // a DJL Block or a DL4J network
 * }</pre>
 *
 * Every export is verified: the framework against ONNX Runtime, at two batch sizes, with its optimisations off and on. The
 * same network gives the same bytes.
 */
public final class OnnxExporter {

    private static final int DEFAULT_OPSET = 17;
    private static final long IR_VERSION = 8;

    private final Object network;
    private final FrontEnd frontEnd;
    private final List<ValueInfo> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private Preprocessing preprocessing;
    private Postprocessing postprocessing;
    private ModelCard card;
    private int opset = DEFAULT_OPSET;

    private OnnxExporter(Object network, FrontEnd frontEnd) {
        this.network = network;
        this.frontEnd = frontEnd;
    }

    /**
     * Begins an export.
     *
     * @param network a DJL {@code Block} or {@code Model}, or a DL4J {@code MultiLayerNetwork} or {@code ComputationGraph};
     *     initialised
     * @throws IllegalArgumentException for anything else
     */
    public static OnnxExporter of(Object network) {
        Objects.requireNonNull(network, "network");
        List<String> known = new ArrayList<>();
        for (ServiceLoader.Provider<FrontEnd> provider :
                ServiceLoader.load(FrontEnd.class).stream().toList()) {
            try {
                FrontEnd frontEnd = provider.get();
                known.add(frontEnd.name());
                if (frontEnd.accepts(network)) {
                    return new OnnxExporter(network, frontEnd);
                }
            } catch (NoClassDefFoundError e) {
                // its framework is not on the classpath, so the network cannot be of it
            }
        }
        throw new IllegalArgumentException("No front end exports a "
                + network.getClass().getName() + "; there are front ends for " + String.join(" and ", known) + ".");
    }

    /**
     * Declares an input of the network, in the network's own order. Needed where the framework does not know its shape, and
     * for names and symbolic axes of one's own.
     */
    public OnnxExporter input(String name, DataType type, List<Dim> shape) {
        inputs.add(new ValueInfo(name, type, shape));
        return this;
    }

    /** Names the file's outputs, in the network's own order. */
    public OnnxExporter outputs(String... names) {
        outputs.clear();
        outputs.addAll(List.of(names));
        return this;
    }

    /** Puts nodes before the network's one input. */
    public OnnxExporter before(Preprocessing stage) {
        preprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Puts nodes behind the network's one output. */
    public OnnxExporter after(Postprocessing stage) {
        postprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Describes the model in the file's metadata. */
    public OnnxExporter card(ModelCard description) {
        card = Objects.requireNonNull(description, "description");
        return this;
    }

    /** Version of the standard operators, 13 to 17; 17 if not said. */
    public OnnxExporter opset(int version) {
        opset = version;
        return this;
    }

    /** An exported network that agrees with its framework, not yet written anywhere. */
    public record Exported(OnnxFile file, ExportReport report) {}

    /**
     * Exports in memory.
     *
     * @throws UnsupportedNetworkException naming every part without an ONNX form
     * @throws JZooException {@link Code#INTEGRITY} where ONNX Runtime does not agree with the framework
     */
    public Exported export() throws IOException {
        try (SourceNetwork source = frontEnd.open(network, inputs)) {
            GraphBuilder graph = new GraphBuilder(opset);
            List<String> read = readInputs(source, graph);
            List<ValueInfo> written = source.emit(graph, read);
            written = writeOutputs(graph, written);
            SortedMap<String, Long> opsets = new TreeMap<>();
            opsets.put("", (long) opset);
            SortedMap<String, String> metadata = card == null ? new TreeMap<>() : CardMetadata.of(card);
            String name = card == null ? "network" : card.id();
            OnnxFile file = new OnnxFile(
                    IR_VERSION, opsets, new OnnxFile.Producer("jzoo", Version.CURRENT), graph.build(name), metadata);
            return new Exported(
                    file, report(file, new ParityCheck(source, file, read, written).run(), source.warnings()));
        }
    }

    /** Exports to a file, which appears whole or not at all. Replaces a file that is there. */
    public ExportReport write(Path path) throws IOException {
        Exported exported = export();
        AtomicFile.write(path, exported.file()::write);
        return exported.report();
    }

    private List<String> readInputs(SourceNetwork source, GraphBuilder graph) {
        if (preprocessing == null) {
            return source.inputs().stream().map(graph::input).toList();
        }
        requireOne(source.inputs().size(), "input", "pre-processing");
        return List.of(preprocessing.emit(graph, graph.input(preprocessing.input())));
    }

    /** Gives the file its outputs. Returns the network's own, under the names that they have now. */
    private List<ValueInfo> writeOutputs(GraphBuilder graph, List<ValueInfo> written) {
        if (postprocessing != null) {
            requireOne(written.size(), "output", "post-processing");
            graph.output(postprocessing.emit(graph, written.get(0)));
            return written;
        }
        if (!outputs.isEmpty() && outputs.size() != written.size()) {
            throw new IllegalArgumentException(
                    "The network has " + written.size() + " outputs; " + outputs.size() + " names were given.");
        }
        List<ValueInfo> named = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String name = !outputs.isEmpty() ? outputs.get(i) : i == 0 ? "output" : "output_" + i;
            ValueInfo output = written.get(i).named(graph.rename(written.get(i).name(), name));
            graph.output(output);
            named.add(output);
        }
        return named;
    }

    private static void requireOne(int count, String what, String stage) {
        if (count != 1) {
            throw new IllegalArgumentException("A network with " + count + " " + what + "s cannot have " + stage
                    + ": it stands at one " + what + ".");
        }
    }

    private ExportReport report(OnnxFile file, Parity parity, List<String> told) {
        if (!parity.agrees()) {
            throw new JZooException(
                    Code.INTEGRITY,
                    "Nothing was written: the exported network does not compute what " + frontEnd.name()
                            + " does. Worst: " + parity.disagreement() + ".",
                    "This is a fault of the exporter; report it with the network's definition.");
        }
        byte[] bytes = file.toBytes();
        Graph graph = file.graph();
        List<String> warnings = new ArrayList<>(told);
        warnings.addAll(warnings(graph));
        return new ExportReport(
                bytes.length, Sha256.of(bytes), graph.nodes().size(), graph.parameters(), parity, warnings);
    }

    private static List<String> warnings(Graph graph) {
        String broken = graph.initializers().entrySet().stream()
                .filter(entry -> !finite(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return broken.isEmpty() ? List.of() : List.of("NaN or infinite values in " + broken + ".");
    }

    private static boolean finite(TensorData tensor) {
        if (tensor.type() != DataType.FLOAT) {
            return true;
        }
        FloatBuffer values = tensor.bytes().asFloatBuffer();
        while (values.hasRemaining()) {
            if (!Float.isFinite(values.get())) {
                return false;
            }
        }
        return true;
    }
}
