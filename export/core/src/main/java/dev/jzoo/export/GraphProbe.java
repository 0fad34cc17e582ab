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
 * A reader of tensors between the nodes of a file. You need not know their types and shapes: ONNX Runtime, without
 * optimisations, finds them. Nodes that none of the tensors needs are not run. Holds native memory until it is closed.
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
     * Opens a file to read some of its tensors.
     *
     * @param name the file's name in messages
     * @param tensors names of tensors that nodes write
     * @throws dev.jzoo.zoo.error.DataFormatException if ONNX Runtime cannot load the file
     */
    public static GraphProbe of(OnnxFile file, String name, List<String> tensors) throws IOException {
        Graph needed = GraphPass.pruning()
                .apply(file.graph()
                        .withOutputs(tensors.stream()
                                .map(tensor -> new ValueInfo(tensor, DataType.FLOAT, ANY))
                                .toList()));
        // The outputs are declared without types and shapes, because wrong shapes would mislead ONNX Runtime.
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

    /** Returns the types of the tensors, and the parts of their shapes that follow from the inputs' shapes. */
    public List<Port> ports() {
        return model.outputs();
    }

    /** Computes the tensors. Fails like {@link OnnxModel#run(Map)}. */
    public Map<String, Tensor> run(Map<String, Tensor> given) {
        return model.run(given);
    }

    /** Computes some of the tensors. Fails like {@link OnnxModel#run(Map, Set)}. */
    public Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) {
        return model.run(given, wanted);
    }

    @Override
    public void close() throws IOException {
        model.close();
        draft.close();
    }
}
