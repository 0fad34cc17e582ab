package dev.jzoo.export.dl4j.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Pooling1D;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Pooling over windows or over all positions. */
final class PoolingEmitters {

    private PoolingEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(SubsamplingLayer.class, PoolingEmitters::planar);
        table.put(Pooling2D.class, PoolingEmitters::planar);
        table.put(Subsampling1DLayer.class, PoolingEmitters::linear);
        table.put(Pooling1D.class, PoolingEmitters::linear);
        table.put(Subsampling3DLayer.class, PoolingEmitters::spatial);
        table.put(GlobalPoolingLayer.class, PoolingEmitters::global);
    }

    private static String planar(SubsamplingLayer configuration, LayerContext layer) {
        ChannelsFirst image = ChannelsFirst.of(layer, configuration.getCnn2dDataFormat() != CNN2DFormat.NCHW);
        return image.restore(pool(configuration, layer, image, window(configuration, layer)));
    }

    private static String linear(SubsamplingLayer configuration, LayerContext layer) {
        ChannelsFirst sequence = ChannelsFirst.of(layer, configuration.getCnn2dDataFormat() != CNN2DFormat.NCHW);
        return sequence.restore(pool(
                configuration, layer, sequence, window(configuration, layer).firstAxis()));
    }

    private static WindowGeometry window(SubsamplingLayer configuration, LayerContext layer) {
        return WindowGeometry.of(
                layer,
                configuration.getKernelSize(),
                configuration.getStride(),
                configuration.getPadding(),
                configuration.getDilation(),
                configuration.getConvolutionMode());
    }

    /** Emits pooling of volumes. In DL4J every type except the maximum is the average. */
    private static String spatial(Subsampling3DLayer configuration, LayerContext layer) {
        ChannelsFirst volume = ChannelsFirst.of(layer, configuration.getDataFormat() != Convolution3D.DataFormat.NCDHW);
        WindowGeometry window = WindowGeometry.of(
                layer,
                configuration.getKernelSize(),
                configuration.getStride(),
                configuration.getPadding(),
                configuration.getDilation(),
                configuration.getConvolutionMode());
        return volume.restore(
                configuration.getPoolingType() == PoolingType.MAX
                        ? maximum(layer, volume, window)
                        : average(layer, volume, window, Divisor.PRESENT));
    }

    private static String maximum(LayerContext layer, ChannelsFirst image, WindowGeometry window) {
        return window.slide(layer.op("MaxPool", image.value()), image.spatial())
                .ints("kernel_shape", window.kernel())
                .emit();
    }

    private static String pool(
            SubsamplingLayer configuration, LayerContext layer, ChannelsFirst image, WindowGeometry window) {
        return switch (configuration.getPoolingType()) {
            case MAX ->
                window.slide(layer.op("MaxPool", image.value()), image.spatial())
                        .ints("kernel_shape", window.kernel())
                        .emit();
            case AVG ->
                average(
                        layer,
                        image,
                        window,
                        configuration.isAvgPoolIncludePadInDivisor() ? Divisor.WINDOW : Divisor.PRESENT);
            case PNORM -> powers(layer, image, window, configuration.getPnorm());
            default -> throw layer.unsupported("the pooling type " + configuration.getPoolingType());
        };
    }

    /** The divisor of an average. */
    private enum Divisor {
        /** The elements of the input under the window. */
        PRESENT,
        /** The elements of the window. */
        WINDOW
    }

    private static String average(LayerContext layer, ChannelsFirst image, WindowGeometry window, Divisor divisor) {
        requireNoDilation(layer, window, "average");
        return window.pad(layer.op("AveragePool", image.value()), image.spatial())
                .ints("strides", window.stride())
                .ints("kernel_shape", window.kernel())
                .integer("count_include_pad", divisor == Divisor.WINDOW ? 1 : 0)
                .emit();
    }

    private static String powers(LayerContext layer, ChannelsFirst image, WindowGeometry window, long p) {
        requireNoDilation(layer, window, "p-norm");
        return window.pad(layer.op("LpPool", image.value()), image.spatial())
                .ints("strides", window.stride())
                .ints("kernel_shape", window.kernel())
                .integer("p", p)
                .emit();
    }

    private static void requireNoDilation(LayerContext layer, WindowGeometry window, String what) {
        if (Arrays.stream(window.dilation()).anyMatch(step -> step != 1)) {
            throw layer.unsupported("dilated " + what + " pooling");
        }
    }

    /** Emits pooling over all spatial axes, or over the axes that the configuration names, in its own layout. */
    private static String global(GlobalPoolingLayer configuration, LayerContext layer) {
        int[] named = configuration.getPoolingDimensions();
        long[] axes = named == null
                ? LongStream.range(2, layer.rank()).toArray()
                : Arrays.stream(named).asLongStream().toArray();
        String pooled = reduce(configuration, layer, axes);
        if (configuration.isCollapseDimensions()) {
            return pooled;
        }
        List<Long> shape = new ArrayList<>(List.of(0L, 0L));
        for (int i = 2; i < layer.rank(); i++) {
            shape.add(1L);
        }
        return layer.reshape(pooled, shape.stream().mapToLong(Long::longValue).toArray());
    }

    private static String reduce(GlobalPoolingLayer configuration, LayerContext layer, long[] axes) {
        PoolingType type = configuration.getPoolingType();
        Masking masking = layer.masking();
        if (masking != Masking.NONE) {
            return maskedReduce(configuration, layer, masking, axes);
        }
        return switch (type) {
            case MAX -> reduce(layer, "ReduceMax", layer.input(), axes);
            case AVG -> reduce(layer, "ReduceMean", layer.input(), axes);
            case SUM -> sum(layer, layer.input(), axes);
            case PNORM -> norm(configuration, layer, layer.input(), axes);
        };
    }

    /** Emits pooling over the valid steps of a sequence [N, C, T]. */
    private static String maskedReduce(
            GlobalPoolingLayer configuration, LayerContext layer, Masking masking, long[] axes) {
        if (!Arrays.equals(axes, new long[] {2}) || layer.rank() != 3) {
            throw layer.unsupported(
                    "a mask along the axes " + Arrays.toString(axes) + ": DL4J applies masks along axis 2 only");
        }
        if (configuration.getPoolingType() == PoolingType.MAX) {
            String counts = layer.op("Unsqueeze", masking.flags(layer.graph()), layer.integers(1))
                    .emit();
            String least = layer.graph().constant(-Float.MAX_VALUE);
            String kept = layer.op("Where", counts, layer.input(), least).emit();
            return reduce(layer, "ReduceMax", kept, axes);
        }
        String factors = layer.op("Unsqueeze", masking.factors(layer.graph()), layer.integers(1))
                .emit();
        String kept = layer.op("Mul", layer.input(), factors).emit();
        if (configuration.getPoolingType() == PoolingType.PNORM) {
            return norm(configuration, layer, kept, axes);
        }
        String sum = sum(layer, kept, axes);
        return configuration.getPoolingType() == PoolingType.SUM
                ? sum
                : layer.op("Div", sum, masking.divisor(layer.graph())).emit();
    }

    /** Emits (sum |x|^p)^(1/p), not divided by the count. */
    private static String norm(GlobalPoolingLayer configuration, LayerContext layer, String value, long[] axes) {
        int p = configuration.getPnorm();
        String size = layer.op("Abs", value).emit();
        String power = layer.op("Pow", size, layer.graph().constant((float) p)).emit();
        return layer.op("Pow", sum(layer, power, axes), layer.graph().constant(1f / p))
                .emit();
    }

    private static String reduce(LayerContext layer, String operator, String value, long[] axes) {
        return layer.op(operator, value)
                .ints("axes", axes)
                .integer("keepdims", 0)
                .emit();
    }

    /** Emits a sum. ReduceSum takes its axes as an input from opset 13 on. */
    private static String sum(LayerContext layer, String value, long[] axes) {
        return layer.op("ReduceSum", value, layer.integers(axes))
                .integer("keepdims", 0)
                .emit();
    }
}
