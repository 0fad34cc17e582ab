package dev.jzoo.export.testing;

import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.InputValues;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A network with a faulty exporter: the graph is emitted from another network.
 *
 * @param right network that the framework runs
 * @param written network of the same structure from which the graph is emitted
 */
public record Miswritten(Object right, Object written) {

    /** The front end for such networks, registered in this module's test resources. */
    public static final class MiswritingFrontEnd implements FrontEnd {

        @Override
        public String name() {
            return "a framework with a careless exporter";
        }

        @Override
        public boolean accepts(Object network) {
            return network instanceof Miswritten;
        }

        @Override
        public SourceNetwork open(Object network, List<ValueInfo> inputs) {
            Miswritten both = (Miswritten) network;
            FrontEnd real = ServiceLoader.load(FrontEnd.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(frontEnd -> frontEnd.accepts(both.right))
                    .findFirst()
                    .orElseThrow();
            return new Pair(real.open(both.right, inputs), real.open(both.written, inputs));
        }
    }

    private record Pair(SourceNetwork right, SourceNetwork written) implements SourceNetwork {

        @Override
        public List<ValueInfo> inputs() {
            return right.inputs();
        }

        /** Emits both networks, so that the right one knows the names. */
        @Override
        public List<ValueInfo> emit(GraphBuilder graph, List<String> inputs) {
            GraphBuilder unused = new GraphBuilder(graph.opset());
            for (int i = 0; i < inputs.size(); i++) {
                unused.input(inputs().get(i).named(inputs.get(i)));
            }
            right.emit(unused, inputs);
            return written.emit(graph, inputs);
        }

        @Override
        public InputValues values(ValueInfo input) {
            return right.values(input);
        }

        @Override
        public int largestBatch() {
            return right.largestBatch();
        }

        @Override
        public SourceNetwork withExamples(InputExamples examples) {
            return new Pair(right.withExamples(examples), written.withExamples(examples));
        }

        @Override
        public List<Tensor> run(List<Tensor> inputs) {
            return right.run(inputs);
        }

        @Override
        public Map<String, Tensor> intermediates(List<Tensor> inputs) {
            return right.intermediates(inputs);
        }

        @Override
        public void close() {
            right.close();
            written.close();
        }
    }
}
