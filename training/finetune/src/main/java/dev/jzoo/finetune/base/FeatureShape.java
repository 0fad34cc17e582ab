package dev.jzoo.finetune.base;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.FeatureTap;
import dev.jzoo.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The way a base's tensors become a row of numbers for each picture.
 *
 * @param means number of values from the tensor of the features
 * @param form the reduction of that tensor
 * @param largest whether the largest value of each map follows, if the features are means of maps
 * @param type element type of the tensors
 * @param scale the dequantisation of the tensor, if it is quantised
 */
public record FeatureShape(
        int means, FeatureReduction form, Largest largest, DataType type, Optional<FeatureTap.QuantizedScale> scale) {

    /** Choice whether the largest value of each map is a feature too: a small object may appear in one place only. */
    public enum Largest {
        WITHOUT,
        WITH
    }

    /** Largest number of features. An inner layer may have more, but a head on them would have millions of weights. */
    static final int MOST = 200_000;

    /** Reduction of a tensor. */
    private enum FeatureReduction {
        /** [N, D], and [N, D, 1, 1] or [N, 1, 1, D]: reshaped to a row. */
        ROW,
        /** [N, C, h, w], maps: the mean of each. */
        MAPS,
        /** [N, T, D], tokens: their mean. */
        TOKENS
    }

    /**
     * Returns the form of a tensor; empty if it cannot be features.
     *
     * @param shape its shape for one picture
     * @param type its element type after dequantisation
     */
    static Optional<FeatureShape> of(long[] shape, DataType type, FeatureTap tap) {
        long elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long longest = Arrays.stream(shape).max().orElse(0);
        boolean isRow = shape.length == 2 || shape.length > 2 && elements == longest;
        long dimension = isRow ? elements : shape.length == 4 ? shape[1] : shape.length == 3 ? shape[2] : 0;
        if (dimension < 2 || dimension > MOST || shape[0] != 1) {
            return Optional.empty();
        }
        return Optional.of(new FeatureShape(
                (int) dimension,
                isRow ? FeatureReduction.ROW : shape.length == 4 ? FeatureReduction.MAPS : FeatureReduction.TOKENS,
                tap.maps().isPresent() ? Largest.WITH : Largest.WITHOUT,
                type,
                tap.scale()));
    }

    /** Returns the number of values in a row. */
    public int dimension() {
        return largest == Largest.WITH ? 2 * means : means;
    }

    /** Describes what a head reads, in words. */
    public String pooling() {
        return largest == Largest.WITH ? "the means of the maps and their largest values" : "as the base gives them";
    }

    /** Returns the same for a head that reads only the first values of a row. */
    public FeatureShape reading(int dimension) {
        return dimension == means ? new FeatureShape(means, form, Largest.WITHOUT, type, scale) : this;
    }

    /** Returns the tensors of the base that {@link #emit} reads. */
    List<String> reads(BaseNetwork base) {
        List<String> read = new ArrayList<>();
        read.add(base.tap().tensor());
        scale.ifPresent(names -> read.addAll(List.of(names.scale(), names.zeroPoint())));
        base.tap()
                .maps()
                .filter(maps -> largest == Largest.WITH && !read.contains(maps))
                .ifPresent(read::add);
        return read;
    }

    /** Adds nodes after the tensors of {@link #reads}. Returns the name of a tensor float [batch, dimension]. */
    String emit(GraphBuilder graph, List<String> tensors) {
        String tensor = scale.isPresent()
                ? graph.op("DequantizeLinear", tensors.subList(0, 3)).emit()
                : real(graph, tensors.get(0));
        String value =
                switch (form) {
                    case ROW -> tensor;
                    case MAPS -> graph.op("GlobalAveragePool", tensor).emit();
                    case TOKENS ->
                        graph.op("ReduceMean", tensor)
                                .ints("axes", 1)
                                .integer("keepdims", 0)
                                .emit();
                };
        String row = graph.op("Flatten", value).integer("axis", 1).emit();
        if (largest == Largest.WITHOUT) {
            return row;
        }
        String top = graph.op("GlobalMaxPool", real(graph, tensors.get(tensors.size() - 1)))
                .emit();
        String tops = graph.op("Flatten", top).integer("axis", 1).emit();
        return graph.op("Concat", row, tops).integer("axis", 1).emit();
    }

    private String real(GraphBuilder graph, String tensor) {
        return type == DataType.FLOAT
                ? tensor
                : graph.op("Cast", tensor).integer("to", DataType.FLOAT.code()).emit();
    }
}
