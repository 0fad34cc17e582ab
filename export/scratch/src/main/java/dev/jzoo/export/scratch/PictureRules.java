package dev.jzoo.export.scratch;

import dev.jzoo.scratch.Array;
import dev.jzoo.scratch.layers.AveragePool2d;
import dev.jzoo.scratch.layers.Conv2d;
import dev.jzoo.scratch.layers.FlattenLayer;
import dev.jzoo.scratch.layers.MaxPool2d;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.OptionalLong;

/** The ONNX forms of layers for pictures, [batch, channels, height, width]. */
final class PictureRules {

    private static final String PICTURES = "[batch, channels, height, width]";

    private PictureRules() {}

    static GraphValue convolution(LayerSite<Conv2d> site) {
        Array weight = site.value("weight");
        int stride = site.layer().stride();
        int padding = site.layer().padding();
        site.requireFloats("Conv");
        site.requireAxes(PICTURES);
        site.requireSize(1, "channels", weight.size(1));
        String result = site.graph()
                .op("Conv", site.input().tensor(), site.weight("weight"), site.weight("bias"))
                .ints("kernel_shape", weight.size(2), weight.size(3))
                .ints("strides", stride, stride)
                .ints("pads", padding, padding, padding, padding)
                .emit();
        GraphValue filtered = site.input().as(result, 1, Dimension.of(weight.size(0)));
        return windowed(site, filtered, weight.size(2), stride, padding);
    }

    static GraphValue maxPool(LayerSite<MaxPool2d> site) {
        return pool(site, "MaxPool", site.layer().kernel(), site.layer().stride());
    }

    static GraphValue averagePool(LayerSite<AveragePool2d> site) {
        site.requireFloats("AveragePool");
        return pool(site, "AveragePool", site.layer().kernel(), site.layer().stride());
    }

    private static GraphValue pool(LayerSite<?> site, String operator, int kernel, int stride) {
        site.requireAxes(PICTURES);
        String result = site.graph()
                .op(operator, site.input().tensor())
                .ints("kernel_shape", kernel, kernel)
                .ints("strides", stride, stride)
                .emit();
        return windowed(site, site.input().as(result), kernel, stride, 0);
    }

    /** Returns the value with the height and width after windows. */
    private static GraphValue windowed(LayerSite<?> site, GraphValue value, int kernel, int stride, int padding) {
        GraphValue result = value;
        for (int axis = 2; axis < 4; axis++) {
            OptionalLong size = site.input().shape().get(axis).fixedSize();
            if (size.isPresent() && size.getAsLong() + 2L * padding < kernel) {
                throw site.refusal("a window of " + kernel + " with padding " + padding + " does not fit its input "
                        + Dimension.format(site.input().shape()));
            }
            Dimension windows = size.isPresent()
                    ? Dimension.of((size.getAsLong() + 2L * padding - kernel) / stride + 1)
                    : new Dimension.UnknownDimension();
            result = result.as(value.tensor(), axis, windows);
        }
        return result;
    }

    static GraphValue flatten(LayerSite<FlattenLayer> site) {
        List<Dimension> shape = site.input().shape();
        List<OptionalLong> sizes = shape.subList(1, shape.size()).stream()
                .map(Dimension::fixedSize)
                .toList();
        Dimension values = sizes.stream().allMatch(OptionalLong::isPresent)
                ? Dimension.of(sizes.stream().mapToLong(OptionalLong::getAsLong).reduce(1, Math::multiplyExact))
                : new Dimension.UnknownDimension();
        String result = site.graph()
                .op("Flatten", site.input().tensor())
                .integer("axis", 1)
                .emit();
        return new GraphValue(result, site.input().type(), List.of(shape.get(0), values));
    }
}
