package dev.jzoo.export.scratch;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.scratch.NeuralLayer;
import java.util.List;

/**
 * The front end for networks from scratch: a {@link dev.jzoo.scratch.NeuralNetwork}, or any other {@link NeuralLayer} of the library.
 *
 * <pre>{@code
 * OnnxExporter.of(network).write(Path.of("mine.onnx"));
 * OnnxExporter.of(pictures).input("picture", DataType.FLOAT, Dimension.batchOf(1, 28, 28)).write(Path.of("pictures.onnx"));
 * }</pre>
 *
 * <p>The shape of the input is known if the first layer with weights is dense, recurrent, an attention or an embedding. Declare it
 * otherwise, as for a convolution. An input of type DOUBLE exports the weights as doubles.
 */
public final class ScratchFrontEnd implements FrontEnd {

    @Override
    public String name() {
        return "JZoo's scratch library";
    }

    @Override
    public boolean accepts(Object network) {
        return network instanceof NeuralLayer;
    }

    @Override
    public SourceNetwork open(Object network, List<ValueInfo> inputs) {
        return ScratchNetwork.of((NeuralLayer) network, inputs);
    }
}
