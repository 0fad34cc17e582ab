package dev.jzoo.export.dl4j.saved;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MinMaxStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerHybrid;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.MultiNormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.StandardizeStrategy;
import org.nd4j.linalg.dataset.api.preprocessor.stats.DistributionStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.MinMaxStats;
import org.nd4j.linalg.dataset.api.preprocessor.stats.NormalizerStats;

/**
 * A normalizer as DL4J's {@code NormalizerSerializer} writes it: the text NORMALIZER, the version 1, the text of its
 * type, then the contents for the type, with arrays as in {@link SavedArray}. DL4J's own reader creates an object of
 * any class that a file of type CUSTOM names.
 */
final class NormalizerFile {

    private static final int VERSION = 1;
    private static final int MOST_PORTS = 1000;
    private static final long MOST_VALUES = 1 << 24;

    /** The kinds of statistics that a hybrid has for an input. */
    private static final int NONE = 0;

    private static final int STANDARDIZE = 1;
    private static final int MIN_MAX = 2;

    private final SavedArray arrays;
    private final DataInputStream in;

    private NormalizerFile(InputStream in) {
        this.arrays = new SavedArray(in);
        this.in = arrays.stream();
    }

    /** The contents of a file: a normalizer, or a description of something else. */
    record SavedNormalizer(Normalizer<?> normalizer, String unknown) {}

    /** Reads a normalizer. Fails with IOException if a normalizer of a known type is damaged. */
    static SavedNormalizer read(InputStream in) throws IOException {
        NormalizerFile file = new NormalizerFile(in);
        try {
            String begin = file.arrays.text();
            if (!begin.equals("NORMALIZER") || file.in.readInt() != VERSION) {
                return new SavedNormalizer(null, "an unknown normalizer");
            }
            String type = file.arrays.text();
            Normalizer<?> normalizer = file.normalizer(type);
            if (normalizer == null) {
                return new SavedNormalizer(null, "a normalizer of the type " + type);
            }
            file.arrays.requireEnd();
            return new SavedNormalizer(normalizer, "");
        } catch (EOFException e) {
            throw new NetworkFormatException("expected a whole normalizer, found a truncated one");
        }
    }

    private Normalizer<?> normalizer(String type) throws IOException {
        return switch (type) {
            case "STANDARDIZE" -> standardize();
            case "MIN_MAX" -> minMax();
            case "IMAGE_MIN_MAX" -> pixels();
            case "MULTI_STANDARDIZE" -> multiStandardize();
            case "MULTI_MIN_MAX" -> multiMinMax();
            case "MULTI_HYBRID" -> hybrid();
            default -> null;
        };
    }

    private INDArray vector() throws IOException {
        return arrays.vector(1, MOST_VALUES);
    }

    /** Reads two vectors for the same features. */
    private INDArray[] pair() throws IOException {
        INDArray first = vector();
        INDArray second = vector();
        if (first.length() != second.length()) {
            throw new NetworkFormatException("expected two statistics of the same features, found " + first.length()
                    + " and " + second.length() + " features");
        }
        return new INDArray[] {first, second};
    }

    private int count(int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new NetworkFormatException("expected at most " + most + " inputs or outputs, found " + count);
        }
        return count;
    }

    /** Reads the number of outputs; it is -1 without labels. */
    private int outputs(boolean labels) throws IOException {
        if (labels) {
            return count(MOST_PORTS);
        }
        in.readInt();
        return 0;
    }

    private NormalizerStandardize standardize() throws IOException {
        boolean labels = in.readBoolean();
        INDArray[] features = pair();
        NormalizerStandardize result = new NormalizerStandardize(features[0], features[1]);
        result.fitLabel(labels);
        if (labels) {
            INDArray[] statistics = pair();
            result.setLabelStats(statistics[0], statistics[1]);
        }
        return result;
    }

    private NormalizerMinMaxScaler minMax() throws IOException {
        boolean labels = in.readBoolean();
        NormalizerMinMaxScaler result = new NormalizerMinMaxScaler(in.readDouble(), in.readDouble());
        result.fitLabel(labels);
        INDArray[] features = pair();
        result.setFeatureStats(features[0], features[1]);
        if (labels) {
            INDArray[] statistics = pair();
            result.setLabelStats(statistics[0], statistics[1]);
        }
        return result;
    }

    private ImagePreProcessingScaler pixels() throws IOException {
        ImagePreProcessingScaler result = new ImagePreProcessingScaler(in.readDouble(), in.readDouble());
        result.setMaxPixelVal(in.readDouble());
        return result;
    }

    private MultiNormalizerStandardize multiStandardize() throws IOException {
        boolean labels = in.readBoolean();
        int inputs = count(MOST_PORTS);
        int outputs = outputs(labels);
        MultiNormalizerStandardize result = new MultiNormalizerStandardize();
        result.fitLabel(labels);
        result.setFeatureStats(distributions(inputs));
        if (labels) {
            result.setLabelStats(distributions(outputs));
        }
        return result;
    }

    private List<DistributionStats> distributions(int count) throws IOException {
        List<DistributionStats> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            INDArray[] statistics = pair();
            all.add(new DistributionStats(statistics[0], statistics[1]));
        }
        return all;
    }

    private MultiNormalizerMinMaxScaler multiMinMax() throws IOException {
        boolean labels = in.readBoolean();
        int inputs = count(MOST_PORTS);
        int outputs = outputs(labels);
        MultiNormalizerMinMaxScaler result = new MultiNormalizerMinMaxScaler(in.readDouble(), in.readDouble());
        result.fitLabel(labels);
        result.setFeatureStats(bounds(inputs));
        if (labels) {
            result.setLabelStats(bounds(outputs));
        }
        return result;
    }

    private List<MinMaxStats> bounds(int count) throws IOException {
        List<MinMaxStats> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            INDArray[] statistics = pair();
            all.add(new MinMaxStats(statistics[0], statistics[1]));
        }
        return all;
    }

    private MultiNormalizerHybrid hybrid() throws IOException {
        MultiNormalizerHybrid result = new MultiNormalizerHybrid();
        result.setInputStats(statistics());
        result.setOutputStats(statistics());
        result.setGlobalInputStrategy(strategy());
        result.setGlobalOutputStrategy(strategy());
        result.setPerInputStrategies(strategies());
        result.setPerOutputStrategies(strategies());
        return result;
    }

    private Map<Integer, NormalizerStats> statistics() throws IOException {
        Map<Integer, NormalizerStats> all = new HashMap<>();
        for (int left = count(MOST_PORTS); left > 0; left--) {
            int port = count(MOST_PORTS);
            int kind = in.readInt();
            INDArray[] statistics = pair();
            all.put(
                    port,
                    kind == STANDARDIZE
                            ? new DistributionStats(statistics[0], statistics[1])
                            : new MinMaxStats(statistics[0], statistics[1]));
        }
        return all;
    }

    @SuppressWarnings("rawtypes") // as in DL4J
    private Map<Integer, NormalizerStrategy> strategies() throws IOException {
        Map<Integer, NormalizerStrategy> all = new HashMap<>();
        for (int left = count(MOST_PORTS); left > 0; left--) {
            int port = count(MOST_PORTS);
            all.put(port, strategy());
        }
        return all;
    }

    /** Reads a strategy; null for none, as in DL4J. */
    private NormalizerStrategy<?> strategy() throws IOException {
        return switch (in.readInt()) {
            case NONE -> null;
            case STANDARDIZE -> new StandardizeStrategy();
            case MIN_MAX -> new MinMaxStrategy(in.readDouble(), in.readDouble());
            default -> throw new NetworkFormatException("found an unknown kind of statistics");
        };
    }
}
