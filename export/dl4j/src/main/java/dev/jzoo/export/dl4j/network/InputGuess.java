package dev.jzoo.export.dl4j.network;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
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
 * What a network's inputs look like, from the parts that read them: DL4J does not keep the InputType that a network was
 * configured with.
 */
public final class InputGuess {

    private static final Dimension TIME = Dimension.of("time");

    private InputGuess() {}

    /** The inputs. Fails with IllegalArgumentException naming those whose shape no part tells. */
    public static List<ValueInfo> of(Dl4jSource source) {
        return source.inputs().stream()
                .map(name -> new ValueInfo(
                        name,
                        DataType.FLOAT,
                        shape(source, name)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "The network does not tell the shape of its input '"
                                                + name + "'. Declare it: OnnxExporter.of(network).input(\"" + name
                                                + "\", DataType.FLOAT, Dimension.batchOf(3, 224, 224))."))))
                .toList();
    }

    /** Number of ids that an input may hold; 0 where it holds no ids. */
    public static long vocabulary(Dl4jSource source, String value) {
        return source.parts().stream()
                .filter(part -> part.inputs().contains(value))
                .map(NetworkPart::configuration)
                .mapToLong(layer -> layer instanceof EmbeddingLayer || layer instanceof EmbeddingSequenceLayer
                        ? ((FeedForwardLayer) layer).getNIn()
                        : 0)
                .max()
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
        if (reader instanceof ActivationLayer || reader instanceof DropoutLayer) {
            return parts.stream()
                    .filter(next -> next.inputs().contains(part.output()))
                    .flatMap(next -> shape(parts, next).stream())
                    .findFirst();
        } else if (reader instanceof FeedForwardToCnnPreProcessor image) {
            return flat(image.getInputHeight() * image.getInputWidth() * image.getNumChannels());
        } else if (reader instanceof FeedForwardToCnn3DPreProcessor volume) {
            return flat(volume.getInputDepth()
                    * volume.getInputHeight()
                    * volume.getInputWidth()
                    * volume.getNumChannels());
        } else if (reader instanceof CnnToFeedForwardPreProcessor image) {
            return Optional.of(
                    image.getFormat() == CNN2DFormat.NCHW
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
                            sequence(((FeedForwardLayer) next.configuration()).getNIn(), rows.getRnnDataFormat())
                                    .stream())
                    .findFirst();
        }
        return layerShape(reader);
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
                    connected.getFormat() == CNN2DFormat.NCHW
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
        } else if (layer instanceof Convolution3D) {
            return Optional.empty();
        } else if (layer instanceof ConvolutionLayer convolution) {
            Dimension channels = Dimension.of(convolution.getNIn());
            Dimension height = Dimension.of("height");
            Dimension width = Dimension.of("width");
            return Optional.of(
                    convolution.getCnn2dDataFormat() == CNN2DFormat.NCHW
                            ? List.of(Dimension.BATCH, channels, height, width)
                            : List.of(Dimension.BATCH, height, width, channels));
        } else if (layer instanceof FeedForwardLayer dense && dense.getNIn() > 0) {
            return flat(dense.getNIn());
        }
        return Optional.empty();
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
