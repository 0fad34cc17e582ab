package dev.jzoo.finetune.base;

import dev.jzoo.finetune.head.Head;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.Version;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The assembly of files from a base: its pre-processing before it, if it does not contain any, and new layers after its
 * features in place of its own last layers.
 *
 * @param base the network
 * @param normalization its pixel convention; empty if it takes bytes
 * @param shape the way its features become a row
 */
public record ClassifierAssembly(BaseNetwork base, Optional<Normalization> normalization, FeatureShape shape) {

    /** Name of the output of {@link #classifier}. */
    public static final String PROBABILITIES = "probabilities";

    /** Name of the output of {@link #features()}, unless the base has a tensor with that name. */
    private static final String FEATURES = "features";

    /**
     * Returns the base after its pre-processing, with all its outputs. The input is uint8 [batch, height, width,
     * channels].
     */
    static OnnxFile prepared(BaseNetwork base, Optional<Normalization> normalization) {
        if (normalization.isEmpty()) {
            return base.file();
        }
        GraphBuilder part = Splice.builder(base.file());
        PictureInput input = new PictureInput(
                base.batch(),
                base.size(),
                base.layout().orElseThrow(),
                normalization.get(),
                base.picture().type());
        String value = input.emit(part, part.input(input.input()));
        part.output(base.picture().named(value));
        return base.file()
                .withGraph(Splice.before(
                        part.build("preprocess"), base.picture(), base.file().graph()));
    }

    /**
     * Returns a file from pictures, uint8 [batch, height, width, channels], to their features, float [batch,
     * dimension].
     */
    public OnnxFile features() {
        return behind((part, features) ->
                new ValueInfo(part.op("Identity", features).emitAs(FEATURES), DataType.FLOAT, row(shape.dimension())));
    }

    /**
     * Returns a file from the same pictures to the probability of each class, {@code probabilities} float [batch,
     * classes].
     */
    public OnnxFile classifier(Head head) {
        return behind((part, features) -> {
            part.scope("head");
            String weight = part.weight("head.weight", head.weightTensor());
            String bias = part.weight("head.bias", head.biasTensor());
            String logits =
                    part.op("Gemm", features, weight, bias).integer("transB", 1).emit();
            // axis 1, not -1: negative axes require opset 11
            String scores = part.op("Softmax", logits).integer("axis", 1).emitAs(PROBABILITIES);
            return new ValueInfo(scores, DataType.FLOAT, row(head.classes()));
        });
    }

    private List<Dimension> row(int values) {
        return List.of(base.batch(), Dimension.of(values));
    }

    /** Nodes that follow the features. */
    private interface End {
        ValueInfo emit(GraphBuilder part, String features);
    }

    private OnnxFile behind(End end) {
        OnnxFile prepared = prepared(base, normalization);
        GraphBuilder part = Splice.builder(prepared);
        part.scope("features");
        List<String> read = shape.reads(base);
        List<String> taps = read.stream()
                .map(tensor -> part.input(
                        new ValueInfo("/tap/" + tensor, shape.type(), List.of(new Dimension.UnknownDimension()))))
                .toList();
        part.output(end.emit(part, shape.emit(part, taps)));
        Graph graph = Splice.behind(prepared.graph(), read, part.build("head"));
        OnnxFile file = new OnnxFile(
                prepared.irVersion(),
                prepared.opsets(),
                new OnnxFile.Producer("jzoo", Version.CURRENT),
                graph,
                new TreeMap<>(Map.of()));
        List<String> faults = new ArrayList<>(GraphChecker.faults(file));
        faults.removeAll(GraphChecker.faults(base.file())); // for example operators newer than the checker
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The assembled file is invalid: " + String.join(" ", faults));
        }
        return file;
    }
}
