package dev.jzoo.benchmarks;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import java.io.IOException;
import java.util.Map;

/** {@link OnnxModel} as an application uses it. */
final class OnnxModelContender implements Contender {

    private final ContenderInputs inputs;
    private final OnnxModel model;

    OnnxModelContender(ContenderInputs inputs, int threads) throws IOException {
        this.inputs = inputs;
        this.model = OnnxModel.open(
                inputs.file(), Device.cpu(), SessionSettings.standard().withThreads(threads));
    }

    @Override
    public float[] scores() {
        Tensor tensor = inputs.isPicture()
                ? Tensor.ofBytes(inputs.pixels(), inputs.shape())
                : Tensor.of(inputs.values(), inputs.shape());
        return model.run(Map.of(inputs.input(), tensor)).get(inputs.output()).floats();
    }

    @Override
    public void close() {
        model.close();
    }
}
