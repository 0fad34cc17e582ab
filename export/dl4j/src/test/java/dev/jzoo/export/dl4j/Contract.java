package dev.jzoo.export.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.testing.BetweenLayers;
import dev.jzoo.export.testing.ContractFiles;
import dev.jzoo.export.testing.Coverage;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The contract of every supported layer: with random weights and statistics it is exported without faults, and ONNX
 * Runtime agrees with DL4J at several batch sizes and lengths.
 */
final class Contract {

    /** Pairs of a batch size, 1 or 3, and the size of the other symbolic axis. */
    private static final int[][] BATCH_AND_LENGTH = {{1, 5}, {3, 8}};

    static {
        // Small operations take far longer on several threads than on one.
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    private final Object network;
    private List<ValueInfo> declared = List.of();
    private int opset = Integer.getInteger("contract.opset", 17);
    private int[][] sizes = BATCH_AND_LENGTH;
    private Map<String, Integer> vocabularies = Map.of();
    private OnnxFile file;

    private Contract(Object network) {
        this.network = network;
    }

    static Contract of(Object network) {
        return new Contract(network);
    }

    Contract input(ValueInfo... inputs) {
        declared = List.of(inputs);
        return this;
    }

    Contract input(Dimension... shape) {
        return input(new ValueInfo("input", dev.jzoo.onnx.DataType.FLOAT, List.of(shape)));
    }

    /** Sets an input whose only symbolic axis is the batch. */
    Contract image(long... shape) {
        return input(Dimension.batchOf(shape).toArray(new Dimension[0]));
    }

    Contract opset(int version) {
        opset = version;
        return this;
    }

    /** Draws inputs as whole numbers below a limit instead of normal deviates. */
    Contract numbersBelow(int vocabulary) {
        vocabularies = Map.of("input", vocabulary);
        return this;
    }

    /** Sets batch sizes, each with a size of the other symbolic axes. */
    Contract sizes(int[]... batchAndLength) {
        sizes = batchAndLength;
        return this;
    }

    /** Returns the file of the last check. */
    OnnxFile file() {
        return file;
    }

    /** Gives every parameter a random value from a seed and compares. */
    Contract holdsFor(long seed) {
        randomise(network, seed);
        return holds(seed);
    }

    /** Does the same for several seeds, with and without the runtime's optimisations. */
    void holdsForSeveralSeeds() {
        for (long seed = 1; seed <= 3; seed++) {
            holdsFor(seed);
        }
    }

    /** Compares with the present parameters. */
    Contract holds(long seed) {
        try (SourceNetwork source = new Dl4jFrontEnd().open(network, declared)) {
            file = export(source);
            try (OnnxModel model = OnnxModel.open(file.toBytes(), "contract.onnx", Device.cpu(), settings(seed))) {
                Random random = new Random(seed);
                for (int[] batchAndLength : sizes) {
                    compare(source, model, batchAndLength, random, "seed " + seed);
                }
            }
            ContractFiles.SMALL.keep("dl4j " + Networks.parts(network), file);
            if (opset == 17) {
                BetweenLayers.assertAgree(source);
                Coverage.note("DL4J", Networks.parts(network), file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** Returns settings with and without the runtime's optimisations, in turn. */
    private static SessionSettings settings(long seed) {
        return SessionSettings.standard()
                .withThreads(1)
                .withOptimisation(seed % 2 == 0 ? SessionSettings.Optimisation.NONE : SessionSettings.Optimisation.ALL);
    }

    private OnnxFile export(SourceNetwork source) {
        GraphBuilder builder = new GraphBuilder(opset);
        List<String> inputs = source.inputs().stream().map(builder::input).toList();
        source.emit(builder, inputs).forEach(builder::output);
        Graph graph = builder.build("contract");
        OnnxFile exported = new OnnxFile(
                8,
                new TreeMap<>(Map.of("", (long) opset)),
                new OnnxFile.Producer("contract", "1"),
                graph,
                new TreeMap<>());
        assertEquals(List.of(), GraphChecker.faults(exported));
        return exported;
    }

    private void compare(SourceNetwork source, OnnxModel model, int[] batchAndLength, Random random, String where) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        for (ValueInfo input : source.inputs()) {
            given.put(input.name(), example(input, batchAndLength, random));
        }
        List<Tensor> expected = source.run(new ArrayList<>(given.values()));
        Map<String, Tensor> actual = model.run(given);
        for (int i = 0; i < expected.size(); i++) {
            ValueInfo output = file.graph().outputs().get(i);
            Tensor ours = actual.get(output.name());
            String context = where + ", sizes " + java.util.Arrays.toString(batchAndLength) + ", " + output;
            assertArrayEquals(expected.get(i).shape(), ours.shape(), context);
            requireShape(output, ours.shape(), batchAndLength, context);
            close(expected.get(i).floats(), ours.floats(), context);
        }
    }

    private static void requireShape(ValueInfo output, long[] shape, int[] batchAndLength, String context) {
        for (int i = 0; i < shape.length; i++) {
            Dimension dim = output.shape().get(i);
            if (dim instanceof Dimension.FixedDimension fixed) {
                assertEquals(fixed.size(), shape[i], context);
            } else if (dim.equals(Dimension.BATCH)) {
                assertEquals(batchAndLength[0], shape[i], context);
            } else if (dim instanceof Dimension.SymbolicDimension) {
                assertEquals(batchAndLength[1], shape[i], context);
            }
        }
    }

    private static void close(float[] expected, float[] actual, String context) {
        for (int i = 0; i < expected.length; i++) {
            double tolerance = Math.max(1e-5, 1e-4 * Math.abs(expected[i]));
            assertEquals(expected[i], actual[i], tolerance, context + ", element " + i);
        }
    }

    private Tensor example(ValueInfo input, int[] batchAndLength, Random random) {
        long[] shape = input.shape().stream()
                .mapToLong(dim -> dim instanceof Dimension.FixedDimension fixed
                        ? fixed.size()
                        : dim.equals(Dimension.BATCH) ? batchAndLength[0] : batchAndLength[1])
                .toArray();
        float[] values = new float[(int) java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        int vocabulary = vocabularies.getOrDefault(input.name(), 0);
        for (int i = 0; i < values.length; i++) {
            values[i] = vocabulary > 0 ? random.nextInt(vocabulary) : (float) random.nextGaussian();
        }
        return Tensor.of(values, shape);
    }

    /** Sets normal deviates everywhere, including biases; variances are between 0.5 and 2. */
    static void randomise(Object network, long seed) {
        Map<String, INDArray> parameters = network instanceof MultiLayerNetwork chain
                ? chain.paramTable()
                : ((ComputationGraph) network).paramTable();
        Random random = new Random(seed);
        parameters.forEach((key, array) -> {
            float[] values = new float[(int) array.length()];
            for (int i = 0; i < values.length; i++) {
                values[i] = key.endsWith("_var")
                        ? 0.5f + 1.5f * random.nextFloat()
                        : key.endsWith("_log10stdev")
                                ? 0.3f * random.nextFloat() - 0.15f
                                : 0.4f * (float) random.nextGaussian();
            }
            array.assign(Nd4j.create(values, array.shape(), 'c'));
        });
    }
}
