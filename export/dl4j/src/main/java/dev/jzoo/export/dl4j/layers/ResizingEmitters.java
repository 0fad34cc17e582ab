package dev.jzoo.export.dl4j.layers;

import dev.jzoo.onnx.TensorData;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BaseUpsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;

/** Padding, cropping, repeating and rearranging of the spatial axes. */
final class ResizingEmitters {

    private ResizingEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(ZeroPadding1DLayer.class, (configuration, layer) -> pad(layer, 2, configuration.getPadding()));
        table.put(
                ZeroPaddingLayer.class,
                (configuration, layer) ->
                        pad(layer, firstAxis(configuration.getDataFormat()), configuration.getPadding()));
        table.put(ZeroPadding3DLayer.class, (configuration, layer) -> pad(layer, 2, configuration.getPadding()));
        table.put(Cropping1D.class, (configuration, layer) -> crop(layer, 2, configuration.getCropping()));
        table.put(
                Cropping2D.class,
                (configuration, layer) ->
                        crop(layer, firstAxis(configuration.getDataFormat()), configuration.getCropping()));
        table.put(Cropping3D.class, (configuration, layer) -> crop(layer, 2, configuration.getCropping()));
        table.put(Upsampling1D.class, (configuration, layer) -> repeat(configuration, layer, 2, 1));
        table.put(
                Upsampling2D.class,
                (configuration, layer) -> repeat(configuration, layer, firstAxis(configuration.getFormat()), 2));
        table.put(
                Upsampling3D.class,
                (configuration, layer) -> repeat(
                        configuration,
                        layer,
                        configuration.getDataFormat() != Convolution3D.DataFormat.NCDHW ? 1 : 2,
                        3));
        table.put(SpaceToDepthLayer.class, ResizingEmitters::spaceToDepth);
        table.put(SpaceToBatchLayer.class, ResizingEmitters::spaceToBatch);
    }

    private static int firstAxis(CNN2DFormat format) {
        return format != CNN2DFormat.NCHW ? 1 : 2;
    }

    /** Adds zeros around the axes from the first axis on. The amounts are pairs of begin and end. */
    private static String pad(LayerContext layer, int firstAxis, int[] amounts) {
        int rank = layer.rank();
        long[] pads = new long[2 * rank];
        for (int i = 0; i < amounts.length / 2; i++) {
            pads[firstAxis + i] = amounts[2 * i];
            pads[rank + firstAxis + i] = amounts[2 * i + 1];
        }
        return layer.op("Pad", layer.input(), layer.integers(pads)).emit();
    }

    private static String crop(LayerContext layer, int firstAxis, int[] amounts) {
        int axes = amounts.length / 2;
        long[] starts = new long[axes];
        long[] ends = new long[axes];
        for (int i = 0; i < axes; i++) {
            starts[i] = amounts[2 * i];
            ends[i] = amounts[2 * i + 1] == 0 ? Integer.MAX_VALUE : -amounts[2 * i + 1];
        }
        return layer.op(
                        "Slice",
                        layer.input(),
                        layer.integers(starts),
                        layer.integers(ends),
                        layer.integers(
                                LongStream.range(firstAxis, firstAxis + axes).toArray()))
                .emit();
    }

    private static String repeat(BaseUpsamplingLayer configuration, LayerContext layer, int firstAxis, int axes) {
        float[] scales = new float[layer.rank()];
        java.util.Arrays.fill(scales, 1);
        for (int i = 0; i < axes; i++) {
            scales[firstAxis + i] = configuration.getSize()[i];
        }
        return layer.op("Resize", layer.input(), "", layer.graph().constant(TensorData.of(scales, scales.length)))
                .text("mode", "nearest")
                .text("coordinate_transformation_mode", "asymmetric")
                .text("nearest_mode", "floor")
                .emit();
    }

    private static String spaceToDepth(SpaceToDepthLayer configuration, LayerContext layer) {
        ChannelsFirst image = ChannelsFirst.of(layer, configuration.getDataFormat() != CNN2DFormat.NCHW);
        return image.restore(layer.op("SpaceToDepth", image.value())
                .integer("blocksize", configuration.getBlockSize())
                .emit());
    }

    /** Pads, then makes an example of each position inside a block: [bH, bW, N] in front, then C, H / bH, W / bW. */
    private static String spaceToBatch(SpaceToBatchLayer configuration, LayerContext layer) {
        int[][] padding = configuration.getPadding();
        int[] blocks = configuration.getBlocks();
        boolean channelsLast = configuration.getFormat() != CNN2DFormat.NCHW;
        int height = channelsLast ? 1 : 2;
        String padded = pad(layer, height, new int[] {padding[0][0], padding[0][1], padding[1][0], padding[1][1]});
        long channels = layer.size(channelsLast ? 3 : 1);
        long rows = (layer.size(height) + padding[0][0] + padding[0][1]) / blocks[0];
        long columns = (layer.size(height + 1) + padding[1][0] + padding[1][1]) / blocks[1];
        if (channelsLast) {
            String blocked = layer.reshape(padded, -1, rows, blocks[0], columns, blocks[1], channels);
            return layer.reshape(layer.transpose(blocked, 2, 4, 0, 1, 3, 5), -1, rows, columns, channels);
        }
        String blocked = layer.reshape(padded, -1, channels, rows, blocks[0], columns, blocks[1]);
        return layer.reshape(layer.transpose(blocked, 3, 5, 0, 1, 2, 4), -1, channels, rows, columns);
    }
}
