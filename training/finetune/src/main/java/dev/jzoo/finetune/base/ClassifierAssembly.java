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
 * Puts files together out of a base: its pre-processing before it, where it has none inside; what shall stand behind its features
 * in place of its own last layers.
 *
 * @param base the network
 * @param normalization what it takes for a pixel; empty where it takes bytes
 * @param shape how its features are made a row
 */
public record ClassifierAssembly(BaseNetwork base, Optional<Normalization> normalization, FeatureShape shape) {

    /** The output of {@link #classifier}. */
    public static final String PROBABILITIES = "probabilities";

    /** What {@link #features()} calls its output, unless the base has a tensor of that name. */
    private static final String FEATURES = "features";

    /** The base behind its pre-processing, with all its outputs: uint8 [batch, height, width, channels] in. */
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

    /** Pictures in, uint8 [batch, height, width, channels]; their features out, float [batch, dimension]. */
    public OnnxFile features() {
        return behind((part, features) ->
                new ValueInfo(part.op("Identity", features).emitAs(FEATURES), DataType.FLOAT, row(shape.dimension())));
    }

    /** Pictures in, the same; the probability of each class out, {@code probabilities} float [batch, classes]. */
    public OnnxFile classifier(Head head) {
        return behind((part, features) -> {
            part.scope("head");
            String weight = part.weight("head.weight", head.weightTensor());
            String bias = part.weight("head.bias", head.biasTensor());
            String logits =
                    part.op("Gemm", features, weight, bias).integer("transB", 1).emit();
            // axis 1, not -1: the axis counted from the end came with opset 11
            String scores = part.op("Softmax", logits).integer("axis", 1).emitAs(PROBABILITIES);
            return new ValueInfo(scores, DataType.FLOAT, row(head.classes()));
        });
    }

    private List<Dimension> row(int values) {
        return List.of(base.batch(), Dimension.of(values));
    }

    /** Something that stands behind the features. */
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
        faults.removeAll(GraphChecker.faults(base.file())); // operators newer than the checker, for instance
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The file that was put together is wrong: " + String.join(" ", faults));
        }
        return file;
    }
}
