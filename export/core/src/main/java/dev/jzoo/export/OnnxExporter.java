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
 * An exporter of a trained network to an ONNX file.
 *
 * <pre>{@code
 * OnnxExporter.of(network).card(card).write(Path.of("mine.onnx"));   // of DJL, DL4J or the scratch library
 * }</pre>
 *
 * Every export is verified: ONNX Runtime, with its optimisations off and on, is compared with the framework, at two
 * batch sizes and two sizes of every other symbolic axis. {@link #report} returns the comparison, even if the export is
 * rejected. The same network gives the same bytes.
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
     * @param network a DJL {@code Block} or {@code Model}, a DL4J {@code MultiLayerNetwork} or {@code
     * ComputationGraph}, or a {@code NeuralLayer} of the scratch library; initialised
     * @throws IllegalArgumentException for any other object
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
                // The framework is not on the class path, so the network cannot be one of its networks.
            }
        }
        throw new IllegalArgumentException("Cannot export a "
                + network.getClass().getName() + ". There are front ends for: " + String.join(", ", known) + ".");
    }

    /**
     * Declares an input of the network. Declare all inputs in the network's own order. This is needed if the framework
     * does not know the input's shape, and for your own names and symbolic axes.
     */
    public OnnxExporter input(String name, DataType type, List<Dimension> shape) {
        return input(name, type, shape, InputValues.unknown());
    }

    /** Declares an input and the values that it takes. The export is compared at values drawn from them. */
    public OnnxExporter input(String name, DataType type, List<Dimension> shape, InputValues values) {
        return input(new InputDeclaration(new ValueInfo(name, type, shape), values));
    }

    /** Declares an input of the network. Declare all inputs in the network's own order. */
    public OnnxExporter input(InputDeclaration declaration) {
        inputs.add(declaration);
        return this;
    }

    /**
     * Names the file's outputs in order, except the one that {@link #after} names. The default is the framework's
     * names.
     */
    public OnnxExporter outputs(String... names) {
        outputs.clear();
        outputs.addAll(List.of(names));
        return this;
    }

    /**
     * Adds an input int32 [batch] with the number of valid steps of each sequence, from 1 to all steps, like the masks
     * of a DL4J network. Sequences of different lengths then fit into one batch, padded with any values. The export
     * fails, naming them, if layers do not treat masks exactly this way.
     */
    public OnnxExporter lengths(String name) {
        lengths = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Adds inputs and outputs for the states of a DL4J network's recurrent layers, which DL4J keeps for {@code
     * rnnTimeStep}: {@code hidden_in} and {@code hidden_out}, and for an LSTM also {@code cell_in} and {@code
     * cell_out}, float [1, batch, units]. If there are several layers, each name starts with the layer's name. A DJL
     * block has states if it takes and returns them itself.
     */
    public OnnxExporter states() {
        states = true;
        return this;
    }

    /** Adds nodes before the network's only input. */
    public OnnxExporter before(Preprocessing stage) {
        preprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Adds nodes after the network's first output. */
    public OnnxExporter after(Postprocessing stage) {
        postprocessing = Objects.requireNonNull(stage, "stage");
        return this;
    }

    /** Describes the model in the file's metadata. */
    public OnnxExporter card(ModelCard description) {
        card = Objects.requireNonNull(description, "description");
        return this;
    }

    /** Sets the version of the standard operators, from 13 to 23; the default is 17. */
    public OnnxExporter opset(int version) {
        opset = version;
        return this;
    }

    /** Sets the allowed difference from the framework; the default is {@link Tolerance#strict()}. */
    public OnnxExporter tolerance(Tolerance allowed) {
        tolerance = Objects.requireNonNull(allowed, "allowed");
        return this;
    }

    /**
     * Multiplies each batch normalisation into the convolution or matrix before it. The file has fewer nodes, and its
     * results differ by rounding. Do not use it for a file whose network will be trained further.
     */
    public OnnxExporter foldBatchNormalization() {
        foldBatchNormalization = true;
        return this;
    }

    /**
     * Stores weights in half precision if no value changes. The file of a network whose weights were rounded, see
     * {@link dev.jzoo.onnx.Half}, is half as large. The file still computes in single precision, and must agree with
     * the network like any other file.
     */
    public OnnxExporter halfPrecisionStorage() {
        halfPrecisionStorage = true;
        return this;
    }

    /** An exported network that agrees with its framework and is not written to a file yet. */
    public record Exported(OnnxFile file, ExportReport report) {}

    /**
     * Exports in memory.
     *
     * @throws UnsupportedNetworkException naming every part without an ONNX form
     * @throws DisagreementException if ONNX Runtime does not agree with the framework, or no finite value can be
     * compared
     * @throws InputDeclarationException if an input must be declared
     */
    public Exported export() throws IOException {
        return drafted(draft -> {
            Parity parity = requireAgreement(draft);
            OnnxFile file = draft.file().withGraph(draft.file().graph().detached());
            return new Exported(file, draft.report(parity, file.fingerprint()));
        });
    }

    /**
     * Exports to a file, which appears whole or not at all, and replaces an existing file. Weights of more than 2 GB go
     * to a second file in the same folder. Fails like {@link #export()} and {@link OnnxFile#write(Path)}. Do not train
     * the network meanwhile: its weights are read in place.
     */
    public ExportReport write(Path path) throws IOException {
        return drafted(draft -> {
            // The disk is slow and the comparison keeps the CPU busy, so both run at the same time.
            try (BackgroundWrite writing = BackgroundWrite.begin(draft.file(), path)) {
                Parity parity = requireAgreement(draft);
                return draft.report(parity, writing.commit());
            }
        });
    }

    /**
     * Exports in memory, compares, and writes nothing. Also returns a report if ONNX Runtime does not agree with the
     * framework. The report's parity then gives the difference, the output and batch size, and the first node that
     * differs.
     *
     * @throws UnsupportedNetworkException naming every part without an ONNX form
     */
    public ExportReport report() throws IOException {
        return drafted(draft -> draft.report(draft.parity(), draft.file().fingerprint()));
    }

    /**
     * Compares any ONNX file with the network. The network is exported in memory and verified; then both files run,
     * including pre- and post-processing, on the same inputs. Does not fail if they differ: the report says so.
     *
     * @throws IllegalArgumentException if the file has other inputs than the export, or lacks one of its outputs; the
     * message names those of both
     * @throws UnsupportedNetworkException naming every part of the network without an ONNX form
     */
    public FileReport compare(OnnxFile file) throws IOException {
        return drafted(draft -> {
            Parity parity = draft.parityOf(file);
            return new FileReport(draft.report(draft.parity(), draft.file().fingerprint()), parity);
        });
    }

    /** An action on a draft while its network is open. */
    private interface DraftUse<R> {
        R of(UnverifiedExport draft) throws IOException;
    }

    private <R> R drafted(DraftUse<R> use) throws IOException {
        try (SourceNetwork source = open()) {
            NetworkRuns runs = new NetworkRuns(source, frontEnd.name());
            ExampleSource examples = new ExampleSource(runs, inputs);
            ParityInputs found = preprocessing == null ? examples.found() : examples.withoutSearch();
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

    /** Returns the graph after the passes, which keep the tensors at the network's border as they are. */
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

    /** Adds the file's outputs. Returns the network's own outputs under their new names. */
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
            throw new IllegalArgumentException("Cannot name the outputs: expected " + rest.size() + " names"
                    + (first == 0 ? "" : " (the output with post-processing has its own)") + ", found "
                    + names.size() + ".");
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
            throw new IllegalArgumentException("Pre-processing needs a network with 1 input; this network has " + count
                    + ". Export it without before(...).");
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
