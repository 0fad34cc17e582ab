package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Port;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tensors between the nodes of a file, whose types and shapes nobody need know: ONNX Runtime, without optimisations, tells
 * them. Nodes that none of them needs are not run. Holds native memory until it is closed.
 */
public final class GraphProbe implements AutoCloseable {

    private static final List<Dimension> ANY = List.of(new Dimension.UnknownDimension());

    private final MappedModelFile draft;
    private final OnnxModel model;

    private GraphProbe(MappedModelFile draft, OnnxModel model) {
        this.draft = draft;
        this.model = model;
    }

    /**
     * Opens a file for some of its tensors.
     *
     * @param name what messages call the file
     * @param tensors names of what nodes write
     * @throws dev.jzoo.zoo.error.DataFormatException where ONNX Runtime cannot load it
     */
    public static GraphProbe of(OnnxFile file, String name, List<String> tensors) throws IOException {
        Graph needed = GraphPass.pruning()
                .apply(file.graph()
                        .withOutputs(tensors.stream()
                                .map(tensor -> new ValueInfo(tensor, DataType.FLOAT, ANY))
                                .toList()));
        // No type is declared for the outputs, and no shape, which might mislead ONNX Runtime.
        Graph open =
                new Graph(needed.name(), needed.inputs(), List.of(), needed.initializers(), needed.nodes(), List.of());
        MappedModelFile draft = new MappedModelFile(file.withGraph(open));
        try {
            return new GraphProbe(draft, draft.openWith(tensors, name, Optimisation.NONE));
        } catch (IOException | RuntimeException e) {
            draft.close();
            throw e;
        }
    }

    /** Types of the tensors, and their shapes as far as they follow from those of the inputs. */
    public List<Port> ports() {
        return model.outputs();
    }

    /** Computes the tensors. Fails as {@link OnnxModel#run(Map)}. */
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        return model.run(given);
    }

    /** Computes some of the tensors. Fails as {@link OnnxModel#run(Map, Set)}. */
    public Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) {
        return model.run(given, wanted);
    }

    @Override
    public void close() throws IOException {
        model.close();
        draft.close();
    }
}
