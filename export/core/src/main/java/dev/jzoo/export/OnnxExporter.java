package dev.jzoo.export;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.Version;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.Dimension;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/**
 * Exports a trained network to an ONNX file.
 *
 * <pre>{@code
 * OnnxExporter.of(network).card(card).write(Path.of("mine.onnx"));   // a DJL Block or a DL4J network
 * }</pre>
 *
 * Every export is verified: the framework against ONNX Runtime, at two batch sizes and two sizes of each other symbolic axis,
 * with its optimisations off and on; {@link #report} tells how it went, also where an export is refused. The same network
 * gives the same bytes.
 */
public final class OnnxExporter {

    private static final int DEFAULT_OPSET = 17;

    private final Object network;
    private final FrontEnd frontEnd;
    private final List<InputDeclaration> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private String lengths = "";
    private boolean states;
    private Preprocessing preprocessing;
    private Postprocessing postprocessing;
    private ModelCard card;
    private int opset = DEFAULT_OPSET;
    private boolean foldBatchNormalization;
    private boolean halfPrecisionStorage;
    private Tolerance tolerance = Tolerance.strict();

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
    public OnnxExporter input(String name, DataType type, List<Dimension> shape) {
        return input(name, type, shape, InputValues.unknown());
    }

    /**
     * Declares an input with the values that it takes: ids of a table, categories, positive numbers. The export is compared at
     * values drawn from them.
     */
    public OnnxExporter input(String name, DataType type, List<Dimension> shape, InputValues values) {
        return input(new InputDeclaration(new ValueInfo(name, type, shape), values));
    }

    /** Declares an input of the network, in the network's own order. */
    public OnnxExporter input(InputDeclaration declaration) {
        inputs.add(declaration);
        return this;
    }

    /**
     * Names the file's outputs, in the network's own order, without one that {@link #after} names. If not said, they have the
     * framework's names.
     */
    public OnnxExporter outputs(String... names) {
        outputs.clear();
        outputs.addAll(List.of(names));
        return this;
    }

    /**
     * Adds an input int32 [batch] with the number of steps of each sequence that count, 1 to all of them, as a DL4J network
     * has masks for: sequences of different lengths then fit into one batch, whatever fills them up. Layers that do not treat
     * masks exactly so are refused by name.
     */
    public OnnxExporter lengths(String name) {
        lengths = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds inputs and outputs for the states of a DL4J network's recurrent layers, which DL4J keeps for {@code rnnTimeStep}:
     * {@code hidden_in} and {@code hidden_out}, of an LSTM {@code cell_in} and {@code cell_out} too, float [1, batch, units]. Of
     * several layers each name has the layer's before it. A DJL block has states where it takes and gives them itself.
     */
    public OnnxExporter states() {
        states = true;
        return this;
    }

    /** Puts nodes before the network's one input. */
    public OnnxExporter before(Preprocessing stage) {
        preprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Puts nodes behind the network's first output. */
    public OnnxExporter after(Postprocessing stage) {
        postprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Describes the model in the file's metadata. */
    public OnnxExporter card(ModelCard description) {
        card = Objects.requireNonNull(description, "description");
        return this;
    }

    /** Version of the standard operators, 13 to 23; 17 by default. */
    public OnnxExporter opset(int version) {
        opset = version;
        return this;
    }

    /** How far ONNX Runtime may be from the framework; {@link Tolerance#strict()} if not said. */
    public OnnxExporter tolerance(Tolerance allowed) {
        tolerance = Objects.requireNonNull(allowed, "allowed");
        return this;
    }

    /**
     * Multiplies each batch normalisation into the convolution or matrix before it: fewer nodes, and results that differ by
     * rounding. A file whose network shall be trained further is better left as it is.
     */
    public OnnxExporter foldBatchNormalization() {
        foldBatchNormalization = true;
        return this;
    }

    /**
     * Stores weights in half precision where that loses nothing: of a network whose weights were rounded, see
     * {@link dev.jzoo.onnx.Half}, the file is half as large. It still computes in single precision, and must agree with
     * the network as any other.
     */
    public OnnxExporter halfPrecisionStorage() {
        halfPrecisionStorage = true;
        return this;
    }

    /** An exported network that agrees with its framework, not yet written anywhere. */
    public record Exported(OnnxFile file, ExportReport report) {}

    /**
     * Exports in memory.
     *
     * @throws UnsupportedNetworkException naming every part without an ONNX form
     * @throws DisagreementException where ONNX Runtime does not agree with the framework, or no finite value can be compared
     * @throws InputDeclarationException where an input must be declared
     */
    public Exported export() throws IOException {
        return drafted(draft -> {
            Parity parity = requireAgreement(draft);
            OnnxFile file = draft.file().withGraph(draft.file().graph().detached());
            return new Exported(file, draft.report(parity, file.fingerprint()));
        });
    }

    /**
     * Exports to a file, which appears whole or not at all. Replaces a file that is there. Weights of more than 2 GB go to a
     * file beside it. Fails as {@link #export()} does, and as {@link OnnxFile#write(Path)}. The network must not be trained
     * meanwhile: its weights are read where they lie.
     */
    public ExportReport write(Path path) throws IOException {
        return drafted(draft -> {
            // The disk is slow and the comparison busies the processor: each hides the other.
            try (BackgroundWrite writing = BackgroundWrite.begin(draft.file(), path)) {
                Parity parity = requireAgreement(draft);
                return draft.report(parity, writing.commit());
            }
        });
    }

    /**
     * Exports in memory, compares, and writes nothing. The report comes also where ONNX Runtime does not agree with the
     * framework: its parity then says by how much, for which output at which batch size, and from which node on.
     *
     * @throws UnsupportedNetworkException naming every part without an ONNX form
     */
    public ExportReport report() throws IOException {
        return drafted(draft -> draft.report(draft.parity(), draft.file().fingerprint()));
    }

    /**
     * Holds a file against the network, whoever wrote it: the network is exported in memory and verified, and both files are
     * run whole, pre- and post-processing included, on the same inputs. Does not fail where they differ, but says so.
     *
     * @throws IllegalArgumentException where the file has other inputs than the export, or lacks one of its outputs, naming
     *     those of both
     * @throws UnsupportedNetworkException naming every part of the network without an ONNX form
     */
    public FileReport compare(OnnxFile file) throws IOException {
        return drafted(draft -> {
            Parity parity = draft.parityOf(file);
            return new FileReport(draft.report(draft.parity(), draft.file().fingerprint()), parity);
        });
    }

    /** Something that is done with a draft while its network is open. */
    private interface DraftUse<R> {
        R of(UnverifiedExport draft) throws IOException;
    }

    private <R> R drafted(DraftUse<R> use) throws IOException {
        try (SourceNetwork source = open()) {
            NetworkRuns runs = new NetworkRuns(source, frontEnd.name());
            ExampleSource examples = new ExampleSource(runs, inputs);
            ParityInputs found = preprocessing == null ? examples.found() : examples.told();
            SourceNetwork ready =
                    source.withExamples(sizes -> List.copyOf(found.of(sizes, 0).values()));
            GraphBuilder graph = new GraphBuilder(opset);
            List<String> read = readInputs(source, graph);
            List<ValueInfo> written = writeOutputs(graph, ready.emit(graph, read), outputNames(source));
            NetworkBorder border = border(source, read, written);
            String name = card == null ? "network" : card.id();
            OnnxFile emitted = OnnxFile.of(
                    opset,
                    new OnnxFile.Producer("jzoo", Version.CURRENT),
                    graph.build(name),
                    card == null ? Map.of() : CardMetadata.of(card));
            OnnxFile file = emitted.withGraph(rewritten(emitted.graph(), border));
            ParityInputs compared = preprocessing == null
                    ? examples.completed(found, file.graph().parameters())
                    : ExampleSource.ofFile(file, runs, border);
            return use.of(new UnverifiedExport(runs, emitted, file, border, tolerance, compared));
        }
    }

    private List<String> outputNames(SourceNetwork source) {
        List<String> own = source.outputNames();
        if (!outputs.isEmpty() || own.isEmpty()) {
            return outputs;
        }
        return postprocessing == null ? own : own.subList(1, own.size());
    }

    private static NetworkBorder border(SourceNetwork source, List<String> read, List<ValueInfo> written) {
        List<ValueInfo> inputs = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            inputs.add(source.inputs().get(i).named(read.get(i)));
        }
        return new NetworkBorder(inputs, written);
    }

    /** The graph after the passes, which leave the tensors at the network's border as they are. */
    private Graph rewritten(Graph graph, NetworkBorder border) {
        Graph exposed = border.exposed(graph);
        if (foldBatchNormalization) {
            exposed = GraphPass.batchNormalizationFolding().apply(exposed);
        }
        Graph clean = GraphPass.cleaning().apply(exposed).withOutputs(graph.outputs());
        return halfPrecisionStorage ? GraphPass.halfPrecisionStorage().apply(clean) : clean;
    }

    private SourceNetwork open() {
        SourceNetwork source = frontEnd.open(
                network, inputs.stream().map(InputDeclaration::port).toList());
        SourceNetwork masked = lengths.isEmpty() ? source : source.withLengths(lengths);
        return states ? masked.withStates() : masked;
    }

    private List<String> readInputs(SourceNetwork source, GraphBuilder graph) {
        if (preprocessing == null) {
            return source.inputs().stream().map(graph::input).toList();
        }
        requireOneInput(source.inputs().size());
        return List.of(preprocessing.emit(graph, graph.input(preprocessing.input())));
    }

    /** Gives the file its outputs. Returns the network's own, under the names that they have now. */
    private List<ValueInfo> writeOutputs(GraphBuilder graph, List<ValueInfo> written, List<String> names) {
        List<ValueInfo> named = new ArrayList<>();
        int first = 0;
        if (postprocessing != null) {
            graph.output(postprocessing.emit(graph, written.get(0)));
            named.add(written.get(0));
            first = 1;
        }
        List<ValueInfo> rest = written.subList(first, written.size());
        if (!names.isEmpty() && names.size() != rest.size()) {
            throw new IllegalArgumentException("The network has " + rest.size() + " outputs"
                    + (first == 0 ? "; " : " behind the one with post-processing; ") + names.size()
                    + " names were given.");
        }
        for (int i = 0; i < rest.size(); i++) {
            String name = !names.isEmpty() ? names.get(i) : i + first == 0 ? "output" : "output_" + (i + first);
            ValueInfo output = rest.get(i).named(graph.rename(rest.get(i).name(), name));
            graph.output(output);
            named.add(output);
        }
        return named;
    }

    private static void requireOneInput(int count) {
        if (count != 1) {
            throw new IllegalArgumentException(
                    "A network with " + count + " inputs cannot have pre-processing: it stands at one input.");
        }
    }

    private Parity requireAgreement(UnverifiedExport draft) throws IOException {
        Parity parity = draft.parity();
        if (parity.agrees()) {
            return parity;
        }
        throw new DisagreementException(
                frontEnd.name(), parity, draft.runs().network().inputs(), draft.warnings());
    }
}
