package dev.jzoo.export.djl;

import ai.djl.Model;
import ai.djl.nn.Block;
import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;

/** The front end for DJL's {@link Block}s and the block of a {@link Model}. */
public final class DjlFrontEnd implements FrontEnd {

    @Override
    public String name() {
        return "DJL";
    }

    @Override
    public boolean accepts(Object network) {
        return network instanceof Block || network instanceof Model;
    }

    @Override
    public SourceNetwork open(Object network, List<ValueInfo> inputs) {
        return new RecordedNetwork(network instanceof Model model ? model.getBlock() : (Block) network, inputs);
    }
}
