package dev.jzoo.export.dl4j.network;

import dev.jzoo.export.InputDeclarationException;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BaseUpsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/**
 * The shapes of a network's inputs, inferred from the parts that read them: DL4J does not keep the InputType that a
 * network was configured with.
 *
 * @param inputs inputs in the network's order
 * @param notes notes for the user, one sentence each
 */
public record InputGuess(List<ValueInfo> inputs, List<String> notes) {

    private static final Dimension TIME = Dimension.of("time");
    private static final List<Dimension> PICTURE = List.of(Dimension.of("height"), Dimension.of("width"));
    private static final List<Dimension> VOLUME =
            List.of(Dimension.of("depth"), Dimension.of("height"), Dimension.of("width"));

    /** Infers the inputs. Fails with InputDeclarationException, naming the input, if no part determines its shape. */
    public static InputGuess of(Dl4jSource source) {
        List<String> notes = new ArrayList<>();
        List<ValueInfo> inputs = new ArrayList<>();
        for (String name : source.inputs()) {
            List<Dimension> shape = shape(source, name)
                    .orElseThrow(() -> new InputDeclarationException(
                            "Cannot export the network, because it does not determine the shape of its input '" + name
                                    + "'.",
                            InputDeclarationException.Lack.SHAPE,
                            List.of()));
            boolean isOpen = shape.containsAll(PICTURE) && source.inputs().size() == 1;
            inputs.add(new ValueInfo(name, DataType.FLOAT, isOpen ? sized(source, shape, notes) : shape));
        }
        return new InputGuess(List.copyOf(inputs), List.copyOf(notes));
    }

    /** Returns the same with more notes. */
    public InputGuess with(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(notes);
        return new InputGuess(inputs, List.copyOf(all));
    }

    /** Returns the shape with the sizes of pictures or volumes that are flattened later. */
    private static List<Dimension> sized(Dl4jSource source, List<Dimension> shape, List<String> notes) {
        boolean channelsLast = shape.get(1) instanceof Dimension.SymbolicDimension;
        long channels = ((Dimension.FixedDimension) shape.get(channelsLast ? shape.size() - 1 : 1)).size();
        Optional<FixedSizes> fixed = FixedSizes.of(source, size -> type(shape.size(), size, channels, channelsLast));
        if (fixed.isEmpty()) {
            return shape;
        }
        List<Dimension> sized = new ArrayList<>(shape);
        for (int i = 0; i < fixed.get().sizes().size(); i++) {
            sized.set(
                    i + (channelsLast ? 1 : 2), Dimension.of(fixed.get().sizes().get(i)));
        }
        if (fixed.get().others()) {
            notes.add("The network was saved without the size of its input. " + Dimension.format(sized)
                    + " was chosen, because its strides divide it best. If that is wrong, declare the input.");
        }
        return sized;
    }

    private static InputType type(int rank, long size, long channels, boolean channelsLast) {
        if (rank == 2 + PICTURE.size()) {
            return InputType.convolutional(size, size, channels, channelsLast ? CNN2DFormat.NHWC : CNN2DFormat.NCHW);
        }
        return InputType.convolutional3D(
                channelsLast ? Convolution3D.DataFormat.NDHWC : Convolution3D.DataFormat.NCDHW,
                size,
                size,
                size,
                channels);
    }

    /** Returns the number of ids that an input may hold; 0 if it does not hold ids. */
    public static long vocabulary(Dl4jSource source, String value) {
        return source.parts().stream()
                .filter(part -> part.inputs().contains(value))
                .mapToLong(part -> {
                    Object reader = part.configuration();
                    return reader instanceof EmbeddingLayer || reader instanceof EmbeddingSequenceLayer
                            ? ((FeedForwardLayer) reader).getNIn()
                            : reader instanceof RnnToFeedForwardPreProcessor ? vocabulary(source, part.output()) : 0;
                })
                .filter(rows -> rows > 0)
                .min()
                .orElse(0);
    }

    private static Optional<List<Dimension>> shape(Dl4jSource source, String value) {
        List<NetworkPart> parts = source.parts();
        return parts.stream()
                .filter(part -> part.inputs().contains(value))
                .flatMap(part -> shape(parts, part).stream())
                .findFirst();
    }

    private static Optional<List<Dimension>> shape(List<NetworkPart> parts, NetworkPart part) {
        Object reader = part.configuration();
        if (keepsShape(reader)) {
            return next(parts, part);
        } else if (keepsChannels(reader)) {
            return next(parts, part).map(InputGuess::anySize);
        } else if (reader instanceof FeedForwardToCnnPreProcessor image) {
            return flat(image.getInputHeight() * image.getInputWidth() * image.getNumChannels());
        } else if (reader instanceof FeedForwardToCnn3DPreProcessor volume) {
            return flat((long) volume.getInputDepth()
                    * volume.getInputHeight()
                    * volume.getInputWidth()
                    * volume.getNumChannels());
        } else if (reader instanceof CnnToFeedForwardPreProcessor image) {
            return Optional.of(
                    image.getFormat() != CNN2DFormat.NHWC
                            ? Dimension.batchOf(image.getNumChannels(), image.getInputHeight(), image.getInputWidth())
                            : Dimension.batchOf(image.getInputHeight(), image.getInputWidth(), image.getNumChannels()));
        } else if (reader instanceof Cnn3DToFeedForwardPreProcessor volume) {
            long[] sizes = {volume.getInputDepth(), volume.getInputHeight(), volume.getInputWidth()};
            return Optional.of(
                    volume.isNCDHW()
                            ? Dimension.batchOf(volume.getNumChannels(), sizes[0], sizes[1], sizes[2])
                            : Dimension.batchOf(sizes[0], sizes[1], sizes[2], volume.getNumChannels()));
        } else if (reader instanceof RnnToCnnPreProcessor images) {
            return sequence(
                    (long) images.getInputHeight() * images.getInputWidth() * images.getNumChannels(),
                    images.getRnnDataFormat());
        } else if (reader instanceof RnnToFeedForwardPreProcessor rows) {
            return parts.stream()
                    .filter(next -> next.inputs().contains(part.output()))
                    .filter(next -> next.configuration() instanceof FeedForwardLayer)
                    .flatMap(next ->
                            sequence(values((FeedForwardLayer) next.configuration()), rows.getRnnDataFormat()).stream())
                    .findFirst();
        }
        return layerShape(reader);
    }

    private static Optional<List<Dimension>> next(List<NetworkPart> parts, NetworkPart part) {
        return parts.stream()
                .filter(next -> next.inputs().contains(part.output()))
                .flatMap(next -> shape(parts, next).stream())
                .findFirst();
    }

    private static boolean keepsShape(Object part) {
        return part instanceof ActivationLayer
                || part instanceof DropoutLayer
                || part instanceof DataScaling
                || part instanceof LocalResponseNormalization
                || part instanceof ElementWiseVertex
                || part instanceof ScaleVertex
                || part instanceof ShiftVertex
                || part instanceof L2NormalizeVertex
                || part instanceof StackVertex
                || part instanceof ReverseTimeSeriesVertex;
    }

    private static boolean keepsChannels(Object part) {
        return part instanceof SubsamplingLayer
                || part instanceof Subsampling3DLayer
                || part instanceof ZeroPaddingLayer
                || part instanceof ZeroPadding1DLayer
                || part instanceof ZeroPadding3DLayer
                || part instanceof Cropping1D
                || part instanceof Cropping2D
                || part instanceof Cropping3D
                || part instanceof BaseUpsamplingLayer;
    }

    /** Returns the shape of a picture of any size with the same channels; other shapes unchanged. */
    private static List<Dimension> anySize(List<Dimension> shape) {
        List<Dimension> spatial = shape.size() == 4 ? PICTURE : shape.size() == 5 ? VOLUME : List.of();
        List<Dimension> open = new ArrayList<>(shape);
        boolean channelsLast = shape.get(1) instanceof Dimension.SymbolicDimension;
        for (int i = 0; i < spatial.size(); i++) {
            open.set(i + (channelsLast ? 1 : 2), spatial.get(i));
        }
        return open;
    }

    /** Returns the number of values that a layer reads from an example: one id for an embedding. */
    private static long values(FeedForwardLayer layer) {
        return layer instanceof EmbeddingLayer ? 1 : layer.getNIn();
    }

    private static Optional<List<Dimension>> layerShape(Object layer) {
        if (layer instanceof TimeDistributed steps && steps.getUnderlying() instanceof FeedForwardLayer dense) {
            return sequence(dense.getNIn(), steps.getRnnDataFormat());
        } else if (layer instanceof SelfAttentionLayer attention) {
            return sequence(attention.getNIn(), RNNFormat.NCW);
        } else if (layer instanceof LocallyConnected1D connected) {
            return Optional.of(Dimension.batchOf(connected.getNIn(), connected.getInputSize()));
        } else if (layer instanceof LocallyConnected2D connected) {
            int[] size = connected.getInputSize();
            return Optional.of(
                    connected.getFormat() != CNN2DFormat.NHWC
                            ? Dimension.batchOf(connected.getNIn(), size[0], size[1])
                            : Dimension.batchOf(size[0], size[1], connected.getNIn()));
        } else if (layer instanceof PReLULayer prelu) {
            return Optional.of(Dimension.batchOf(prelu.getInputShape()));
        } else if (layer instanceof BaseWrapperLayer wrapper) {
            return layerShape(wrapper.getUnderlying());
        } else if (layer instanceof Bidirectional both) {
            return layerShape(both.getFwd());
        } else if (layer instanceof FrozenLayer frozen) {
            return layerShape(frozen.getLayer());
        } else if (layer instanceof EmbeddingLayer) {
            return flat(1);
        } else if (layer instanceof EmbeddingSequenceLayer embedding) {
            return Optional.of(List.of(
                    Dimension.BATCH, embedding.isInferInputLength() ? TIME : Dimension.of(embedding.getInputLength())));
        } else if (layer instanceof BaseRecurrentLayer recurrent) {
            return sequence(recurrent.getNIn(), recurrent.getRnnDataFormat());
        } else if (layer instanceof RnnOutputLayer output) {
            return sequence(output.getNIn(), output.getRnnDataFormat());
        } else if (layer instanceof Convolution1DLayer convolution) {
            return sequence(convolution.getNIn(), convolution.getRnnDataFormat());
        } else if (layer instanceof Convolution3D convolution) {
            return picture(convolution.getNIn(), VOLUME, convolution.getDataFormat() == Convolution3D.DataFormat.NDHWC);
        } else if (layer instanceof ConvolutionLayer convolution) {
            return picture(convolution.getNIn(), PICTURE, convolution.getCnn2dDataFormat() == CNN2DFormat.NHWC);
        } else if (layer instanceof FeedForwardLayer dense && dense.getNIn() > 0) {
            return flat(dense.getNIn());
        }
        return Optional.empty();
    }

    private static Optional<List<Dimension>> picture(long channels, List<Dimension> spatial, boolean channelsLast) {
        List<Dimension> shape = new ArrayList<>(spatial);
        shape.add(channelsLast ? shape.size() : 0, Dimension.of(channels));
        shape.add(0, Dimension.BATCH);
        return Optional.of(shape);
    }

    private static Optional<List<Dimension>> flat(long size) {
        return Optional.of(Dimension.batchOf(size));
    }

    private static Optional<List<Dimension>> sequence(long features, RNNFormat format) {
        return Optional.of(
                format == RNNFormat.NWC
                        ? List.of(Dimension.BATCH, TIME, Dimension.of(features))
                        : List.of(Dimension.BATCH, Dimension.of(features), TIME));
    }
}
