package dev.jzoo.export;

import dev.jzoo.onnx.GraphBuilder;
import java.util.Arrays;

/** The scaling of a series' values for a network, and of its answer back to the series' unit. */
public sealed interface SeriesScale {

    /**
     * Returns a value as the network sees it.
     *
     * @param window the values that the network looks back on; the value is one of them or follows them
     */
    double scale(double value, double[] window);

    /**
     * Adds the nodes that scale a window.
     *
     * @param history name of the window, float [batch, lookBack]
     * @return name of the scaled window, float [batch, lookBack]
     */
    String scaled(GraphBuilder graph, String history);

    /** Undoes the scaling of the network's answer, float [batch, 1]. */
    Postprocessing unscaled(String name);

    /** Returns a scale with the same range for all windows: {@code (value - min) / (max - min)}. */
    static SeriesScale range(double min, double max) {
        return new MinMaxScale(min, max);
    }

    /**
     * Returns a scale that divides each window by its own level: {@code value / mean of the window - 1}. Growth by a
     * constant percentage then looks the same at every level. The values must be above 0.
     */
    static SeriesScale level() {
        return new WindowMeanScale();
    }

    /**
     * See {@link #range}.
     *
     * @param min value that becomes 0
     * @param max value that becomes 1
     */
    record MinMaxScale(double min, double max) implements SeriesScale {

        public MinMaxScale {
            if (!(max > min)) {
                throw new IllegalArgumentException("Expected max above min, not " + min + " and " + max + ".");
            }
        }

        @Override
        public double scale(double value, double[] window) {
            return (value - min) / (max - min);
        }

        @Override
        public String scaled(GraphBuilder graph, String history) {
            String shifted =
                    graph.op("Sub", history, graph.constant((float) min)).emit();
            return graph.op("Div", shifted, graph.constant((float) (max - min))).emit();
        }

        @Override
        public Postprocessing unscaled(String name) {
            return Postprocessing.unscale(name, min, max);
        }
    }

    /** See {@link #level}. */
    record WindowMeanScale() implements SeriesScale {

        @Override
        public double scale(double value, double[] window) {
            return value / Arrays.stream(window).average().orElseThrow() - 1;
        }

        @Override
        public String scaled(GraphBuilder graph, String history) {
            String share = graph.op("Div", history, level(graph, history)).emit();
            return graph.op("Sub", share, graph.constant(1f)).emit();
        }

        private static String level(GraphBuilder graph, String history) {
            return graph.op("ReduceMean", history).ints("axes", 1).emit();
        }

        @Override
        public Postprocessing unscaled(String name) {
            return (graph, output) -> {
                graph.scope("postprocess");
                String share =
                        graph.op("Add", output.name(), graph.constant(1f)).emit();
                graph.op("Mul", share, level(graph, SeriesInput.HISTORY)).emitAs(name);
                return output.named(name);
            };
        }
    }
}
