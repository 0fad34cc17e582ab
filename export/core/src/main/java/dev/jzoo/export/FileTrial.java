package dev.jzoo.export;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings.Optimisation;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A run of a network after the pre-processing of its file, which ONNX Runtime computes. */
final class FileTrial implements InputSearch.NetworkTrial, AutoCloseable {

    private final FrameworkReference reference;
    private final MappedModelFile probe;
    private final OnnxModel model;

    FileTrial(OnnxFile file, FrameworkReference reference) throws IOException {
        this.reference = reference;
        probe = new MappedModelFile(file.withGraph(reference.exposed(file.graph())));
        try {
            model = probe.open(Optimisation.NONE);
        } catch (IOException | RuntimeException e) {
            probe.close();
            throw e;
        }
    }

    @Override
    public List<Tensor> run(Map<String, Tensor> given) {
        return List.copyOf(reference.outputs(given, model.run(given)).values());
    }

    @Override
    public void close() throws IOException {
        model.close();
        probe.close();
    }
}
