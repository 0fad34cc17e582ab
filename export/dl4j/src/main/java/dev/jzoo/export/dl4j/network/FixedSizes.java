package dev.jzoo.export.dl4j.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * The size of pictures for a network with a dense layer, computed from the size that is flattened, back through
 * convolutions and poolings. If strides round, several sizes fit. The chosen size is the one from which least is cut
 * off, or which needs least padding.
 *
 * @param sizes height and width of the pictures, or depth, height and width of volumes
 * @param others whether other sizes fit too
 */
record FixedSizes(List<Long> sizes, boolean others) {

    private static final int LARGEST = 2048;

    /**
     * The passage of a picture of one size through the layers: the sizes where it is flattened, and the remainders that
     * the layers before leave on each axis.
     */
    private record Passage(int size, long[] sizes, long[] leftOver) {

        boolean exceeds(long[] wanted) {
            return sizes.length == wanted.length
                    && IntStream.range(0, wanted.length).allMatch(axis -> sizes[axis] > wanted[axis]);
        }

        boolean fallsShortOf(long[] wanted) {
            return sizes.length == wanted.length
                    && IntStream.range(0, wanted.length).allMatch(axis -> sizes[axis] < wanted[axis]);
        }

        boolean fits(long[] wanted, int axis) {
            return sizes.length == wanted.length && sizes[axis] == wanted[axis];
        }
    }

    /** Finds the sizes; empty if nothing is flattened or no size fits. */
    static Optional<FixedSizes> of(Dl4jSource source, LongFunction<InputType> pictures) {
        List<NetworkPart> parts = source.parts();
        Optional<NetworkPart> flattening =
                parts.stream().filter(part -> flattened(part).length > 0).findFirst();
        if (flattening.isEmpty()) {
            return Optional.empty();
        }
        long[] wanted = flattened(flattening.get());
        List<Passage> passages =
                passages(source, parts, flattening.get().inputs().get(0), wanted, pictures);
        List<Long> sizes = new ArrayList<>();
        boolean others = false;
        for (int axis = 0; axis < wanted.length; axis++) {
            List<Passage> fitting = fitting(passages, wanted, axis);
            if (fitting.isEmpty()) {
                return Optional.empty();
            }
            sizes.add(best(fitting, axis));
            others |= fitting.size() > 1;
        }
        return Optional.of(new FixedSizes(List.copyOf(sizes), others));
    }

    /** Returns the sizes that a part flattens; empty for other parts. */
    private static long[] flattened(NetworkPart part) {
        Object configuration = part.configuration() instanceof PreprocessorVertex vertex
                ? vertex.getPreProcessor()
                : part.configuration();
        if (configuration instanceof CnnToFeedForwardPreProcessor picture) {
            return new long[] {picture.getInputHeight(), picture.getInputWidth()};
        } else if (configuration instanceof Cnn3DToFeedForwardPreProcessor volume) {
            return new long[] {volume.getInputDepth(), volume.getInputHeight(), volume.getInputWidth()};
        }
        return new long[0];
    }

    /**
     * Returns the passages of all sizes that may fit, smallest first: from a size that is too large on each axis down
     * to one that is too small.
     */
    private static List<Passage> passages(
            Dl4jSource source,
            List<NetworkPart> parts,
            String flattened,
            long[] wanted,
            LongFunction<InputType> pictures) {
        List<Passage> passages = new ArrayList<>();
        int tooLarge = 1;
        while (tooLarge <= LARGEST
                && !passage(source, parts, flattened, tooLarge, pictures).exceeds(wanted)) {
            tooLarge *= 2;
        }
        for (int size = Math.min(tooLarge, LARGEST); size > 0; size--) {
            Passage passage = passage(source, parts, flattened, size, pictures);
            if (passage.fallsShortOf(wanted)) {
                break;
            }
            passages.add(0, passage);
        }
        return passages;
    }

    /**
     * Returns the passage of one size; without sizes if DL4J rejects it, because it is too small for a window or Strict
     * mode cannot divide it.
     */
    private static Passage passage(
            Dl4jSource source, List<NetworkPart> parts, String flattened, int size, LongFunction<InputType> pictures) {
        try {
            Map<String, InputType> types = source.types(pictures.apply(size));
            return new Passage(size, sizes(types.get(flattened)), leftOver(parts, types));
        } catch (RuntimeException e) {
            return new Passage(size, new long[0], new long[0]);
        }
    }

    private static long[] sizes(InputType type) {
        if (type instanceof InputType.InputTypeConvolutional picture) {
            return new long[] {picture.getHeight(), picture.getWidth()};
        } else if (type instanceof InputType.InputTypeConvolutional3D volume) {
            return new long[] {volume.getDepth(), volume.getHeight(), volume.getWidth()};
        }
        return new long[0];
    }

    private static List<Passage> fitting(List<Passage> passages, long[] wanted, int axis) {
        return passages.stream().filter(passage -> passage.fits(wanted, axis)).toList();
    }

    private static long best(List<Passage> passages, int axis) {
        Passage best = passages.get(0);
        for (Passage passage : passages) {
            best = passage.leftOver[axis] < best.leftOver[axis] ? passage : best;
        }
        return best.size;
    }

    private static long[] leftOver(List<NetworkPart> parts, Map<String, InputType> types) {
        long[] sum = new long[3];
        for (NetworkPart part : parts) {
            long[] sizes = sizes(types.get(part.inputs().get(0)));
            for (int axis = 0; axis < sizes.length; axis++) {
                sum[axis] += leftOver(part.configuration(), sizes[axis], axis);
            }
        }
        return sum;
    }

    private static long leftOver(Object layer, long size, int axis) {
        if (layer instanceof ConvolutionLayer convolution) {
            return leftOver(
                    convolution.getConvolutionMode(),
                    size
                            + 2L * convolution.getPadding()[axis]
                            - (convolution.getKernelSize()[axis] - 1L)
                                    * convolution.getDilation()[axis]
                            - 1,
                    size,
                    convolution.getStride()[axis]);
        } else if (layer instanceof SubsamplingLayer pooling) {
            return leftOver(
                    pooling.getConvolutionMode(),
                    size + 2L * pooling.getPadding()[axis] - pooling.getKernelSize()[axis],
                    size,
                    pooling.getStride()[axis]);
        } else if (layer instanceof Subsampling3DLayer pooling) {
            return leftOver(
                    pooling.getConvolutionMode(),
                    size + 2L * pooling.getPadding()[axis] - pooling.getKernelSize()[axis],
                    size,
                    pooling.getStride()[axis]);
        }
        return 0;
    }

    private static long leftOver(ConvolutionMode mode, long steps, long size, int stride) {
        return (mode == ConvolutionMode.Same ? size : steps) % stride;
    }
}
