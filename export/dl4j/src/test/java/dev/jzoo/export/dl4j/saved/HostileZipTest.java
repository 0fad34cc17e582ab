package dev.jzoo.export.dl4j.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.dl4j.Dl4jZip;
import dev.jzoo.export.dl4j.NetworkFile;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Tests malicious saved networks: none of their code runs, and none takes more memory or time than its size suggests.
 */
class HostileZipTest {

    /** Set by {@link Gadget} when it is initialised. */
    static boolean initialised;

    /** A class that is on the class path and that no program has allowed. */
    static final class Gadget {
        static {
            initialised = true;
        }

        private Gadget() {}
    }

    private static final String GADGET = HostileZipTest.class.getName() + "$Gadget";

    /** A class name in a configuration. */
    private static final Pattern CLASS = Pattern.compile("\"(@class|type)\" : \"(org\\.[\\w.$]+)\"");

    @TempDir
    Path folder;

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9)))
                .weightInit(new WeightInitDistribution(new NormalDistribution(0, 0.1)))
                .l1(0.1)
                .l2(0.1)
                .dropOut(new Dropout(0.5))
                .weightNoise(new DropConnect(0.5))
                .constrainWeights(new MaxNormConstraint(1, 1));
    }

    private static MultiLayerNetwork dense() {
        MultiLayerNetwork network = new MultiLayerNetwork(builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new OutputLayer.Builder(
                                new LossMCXENT(Nd4j.createFromArray(0.5, 2.0).reshape(1, 2)))
                        .nIn(3)
                        .nOut(2)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Returns networks with an implementation of each interface whose implementations JSON names. */
    private static List<org.deeplearning4j.nn.api.Model> networks() {
        MultiLayerNetwork variational = new MultiLayerNetwork(builder()
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(4)
                        .nOut(2)
                        .encoderLayerSizes(3)
                        .decoderLayerSizes(3)
                        .reconstructionDistribution(new BernoulliReconstructionDistribution())
                        .build())
                .build());
        MultiLayerNetwork pictures = new MultiLayerNetwork(builder()
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(2).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutionalFlat(4, 4, 1))
                .build());
        ComputationGraph graph = new ComputationGraph(builder()
                .graphBuilder()
                .addInputs("a", "b")
                .addVertex("both", new MergeVertex(), "a", "b")
                .addLayer(
                        "read",
                        new Bidirectional(new LSTM.Builder().nIn(4).nOut(2).build()),
                        "both")
                .addLayer("out", new RnnOutputLayer.Builder().nIn(4).nOut(2).build(), "read")
                .setOutputs("out")
                .build());
        variational.init();
        pictures.init();
        graph.init();
        return List.of(dense(), variational, pictures, graph);
    }

    private Path hostile(String name) throws Exception {
        try (InputStream in = HostileZipTest.class.getResourceAsStream("/cases/security/" + name)) {
            assertNotNull(in, name);
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    private static DataFormatException refused(Path file) {
        DataFormatException e = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThrows(DataFormatException.class, () -> Dl4jZip.read(file)));
        assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        return e;
    }

    @Test
    void aClassThatTheFileNamesIsNotInitialised() throws Exception {
        DataFormatException e = refused(hostile("cls-init.zip"));
        assertTrue(e.getMessage().contains("configuration.json: found the class 'gadget.EvilStatic'"), e.getMessage());
    }

    @Test
    void aShapeThatItsValuesDoNotFillEndsNoProcess() throws Exception {
        DataFormatException e = refused(hostile("coef-48.zip"));
        assertTrue(e.getMessage().contains("coefficients.bin: "), e.getMessage());
    }

    /**
     * Tests each place of each network where JSON names a class: layer, activation, loss, updater, schedule,
     * constraint, vertex and so on.
     */
    @TestFactory
    Stream<DynamicTest> noPlaceInAConfigurationLoadsAForeignClass() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (var network : networks()) {
            String json = ZipEdits.of(network).json();
            Matcher names = CLASS.matcher(json);
            while (names.find()) {
                if (seen.add(names.group(2))) {
                    int from = names.start(2);
                    int to = names.end(2);
                    tests.add(DynamicTest.dynamicTest(names.group(2), () -> {
                        Path file = ZipEdits.of(network)
                                .json(text -> text.substring(0, from) + GADGET + text.substring(to))
                                .write(folder.resolve(from + ".zip"));
                        String message = refused(file).getMessage();
                        assertTrue(message.contains("found the class '" + GADGET + "'"), message);
                        assertFalse(initialised, "the gadget ran");
                    }));
                }
            }
        }
        assertTrue(tests.size() >= 22, "places: " + seen);
        return tests.stream();
    }

    /**
     * Jackson also accepts a class in an array before its value, and DL4J reads some old forms with a separate reader.
     */
    @TestFactory
    Stream<DynamicTest> noOtherFormOfJsonLoadsAForeignClass() {
        String activation = "\"activationFn\" : \\{[^}]*\\}";
        String evil = "{\"@class\":\"" + GADGET + "\"}";
        return Stream.of(
                        "\"activationFn\" : [\"" + GADGET + "\", {}]",
                        "\"activationFn\" : {\"" + GADGET + "\": {}}",
                        "\"activationFn\" : {\"max\": 1, \"@class\":\"" + GADGET + "\"}",
                        "\"activationFn\" : {\"@class\":\"" + Dropout.class.getName() + "\", \"p\": 0.5}",
                        "\"activationFn\" : {\"@class\":\"" + GADGET + "\", \"@class\":\"" + GADGET + "\"}",
                        "\"weightInitFn\" : null, \"weightInit\": \"DISTRIBUTION\", \"dist\": " + evil,
                        "\"idropout\" : {\"@class\":\"" + Dropout.class.getName() + "\", \"p\": 0.5, \"pSchedule\": "
                                + evil + "}",
                        "\"activationFn\" : {\"@class\":\"[L" + GADGET + ";\"}",
                        "\"activationFn\" : {\"@class\":\"java.util.HashMap<" + GADGET + ",java.lang.String>\"}")
                .map(form -> DynamicTest.dynamicTest(form, () -> {
                    Path file = ZipEdits.of(dense())
                            .json(text -> text.replaceFirst(activation, Matcher.quoteReplacement(form)))
                            .write(folder.resolve("form.zip"));
                    try {
                        Dl4jZip.read(file);
                    } catch (DataFormatException e) {
                        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
                    }
                    assertFalse(initialised, "the gadget ran");
                }));
    }

    /** The set takes practically forever to deserialise: each level computes the hash of both sets below it. */
    @ParameterizedTest
    @ValueSource(strings = {"preprocessor.bin", "normalizer.bin", "updaterState.bin", "coefficients.bin", "other.bin"})
    void noEntryIsDeserialisedByJava(String entry) throws Exception {
        Set<Object> outer = new HashSet<>();
        Set<Object> left = outer;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            Set<Object> nextLeft = new HashSet<>(Set.of("a"));
            Set<Object> nextRight = new HashSet<>();
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(outer);
        }
        Path file = ZipEdits.of(dense()).entry(entry, bytes.toByteArray()).write(folder.resolve("set.zip"));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try {
                NetworkFile.exporter(file).report();
            } catch (DataFormatException e) {
                assertTrue(e.getMessage().contains(entry), e.getMessage());
            }
            try (InputStream in = Files.newInputStream(file)) {
                Dl4jZip.readWithUpdater(in, "checkpoint");
            } catch (DataFormatException e) {
                assertTrue(e.getMessage().contains(entry), e.getMessage());
            }
        });
    }

    private static byte[] array(String mode, long[] shapeInfo, String type, long length, byte[] values)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(mode);
        out.writeLong(shapeInfo.length);
        out.writeUTF("LONG");
        for (long value : shapeInfo) {
            out.writeLong(value);
        }
        out.writeUTF(mode);
        out.writeLong(length);
        out.writeUTF(type);
        out.write(values);
        return bytes.toByteArray();
    }

    private static long[] row(long length) {
        return new long[] {2, 1, length, length, 1, 8192, 1, 99};
    }

    /** The network has 4 * 3 + 3 + 3 * 2 + 2 parameters. */
    @TestFactory
    Stream<DynamicTest> parametersWhoseSizesDoNotFitAreRefusedBeforeTheyAreAllocated() throws IOException {
        byte[] right = new byte[23 * Float.BYTES];
        String mixed = "MIXED_DATA_TYPES";
        return Stream.of(
                        parameters(
                                "expected a vector, found 9223372036854775807",
                                mixed,
                                row(Long.MAX_VALUE),
                                Long.MAX_VALUE,
                                right),
                        parameters("expected 23 values, found 1073741824", mixed, row(1 << 30), 1 << 30, right),
                        parameters(
                                "expected a vector, found 23 values of shape", mixed, row(Long.MAX_VALUE), 23, right),
                        parameters("expected a vector, found -23 values of shape", mixed, row(23), -23, right),
                        parameters("expected a vector", mixed, new long[] {2, -1, -23, 1, 1, 0, 1, 99}, 23, right),
                        parameters(
                                "expected a vector",
                                mixed,
                                new long[] {3, 1L << 32, 1L << 32, 23, 1, 1, 1, 0, 1, 99},
                                23,
                                right),
                        parameters("expected the shape of an array", mixed, new long[] {1L << 40, 1, 23}, 23, right),
                        parameters(
                                "expected the shape of an array",
                                mixed,
                                new long[] {-2, 1, 23, 1, 1, 0, 1, 99},
                                23,
                                right),
                        parameters("expected an array of ND4J", "COMPRESSED_MODE", row(23), 23, right),
                        parameters("expected a whole array, found a truncated one", mixed, row(23), 23, new byte[91]),
                        parameters(
                                "expected the end after the last value, found more bytes",
                                mixed,
                                row(23),
                                23,
                                new byte[93]))
                .map(test -> test);
    }

    private DynamicTest parameters(String reason, String mode, long[] shape, long length, byte[] values)
            throws IOException {
        byte[] content = array(mode, shape, "FLOAT", length, values);
        return DynamicTest.dynamicTest(reason + " " + length, () -> {
            Path file = ZipEdits.of(dense()).entry("coefficients.bin", content).write(folder.resolve("sizes.zip"));
            String message = refused(file).getMessage();
            assertTrue(message.contains("coefficients.bin: " + reason), message);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSED", "UTF8", "BOOL", "LONG", "UNKNOWN"})
    void parametersThatAreNoFloatingPointNumbersAreRefused(String type) throws Exception {
        byte[] content = array("MIXED_DATA_TYPES", row(23), type, 23, new byte[500]);
        Path file = ZipEdits.of(dense()).entry("coefficients.bin", content).write(folder.resolve("type.zip"));
        assertTrue(refused(file).getMessage().contains("found the type " + type));
    }

    /** 2^32 x 2^32 x ... overflows to a count that the parameters fill. */
    @Test
    void sizesWhoseProductOverflowsAreRefused() throws Exception {
        for (String size : List.of("4294967296", "9223372036854775807", "-3", "2147483647", "0")) {
            Path file = ZipEdits.of(dense())
                    .json(text -> text.replace("\"nin\" : 4", "\"nin\" : " + size)
                            .replaceFirst("\"nout\" : 3", "\"nout\" : " + size))
                    .write(folder.resolve("overflow.zip"));
            refused(file);
        }
    }

    /** 64 MB of blanks, 40,000 brackets, a number of 100,000 digits, a name of 100,000 letters. */
    @TestFactory
    Stream<DynamicTest> jsonWithoutBoundsIsRefused() {
        return Stream.of(
                        " ".repeat((64 << 20) + 1),
                        "[".repeat(40_000),
                        "{\"confs\":".repeat(40_000),
                        "{\"confs\":[{\"seed\":" + "9".repeat(100_000) + "}]}",
                        "{\"confs\":[{\"seed\":1e" + "9".repeat(100) + "}]}",
                        "{\"" + "a".repeat(100_000) + "\":1}",
                        "{\"confs\":[],\"confs\":[]}",
                        "{}",
                        "{\"confs\":null}",
                        "{\"confs\":[null]}",
                        "{\"confs\":[{}]}",
                        "{\"vertices\":null}",
                        "{\"vertices\":{\"a\":null},\"networkInputs\":[\"a\"],\"networkOutputs\":[\"a\"]}",
                        "",
                        "null",
                        "7",
                        "\"text\"")
                .map(json -> DynamicTest.dynamicTest("'" + json.substring(0, Math.min(40, json.length())) + "'", () -> {
                    Path file = ZipEdits.of(dense()).json(text -> json).write(folder.resolve("json.zip"));
                    refused(file);
                }));
    }

    @Test
    void anArrayInAConfigurationMustFillItsShape() throws Exception {
        String json = ZipEdits.of(dense()).json();
        assertTrue(json.contains("\"shape\" : [ 1, 2 ]"), json);
        for (String shape : List.of("[1, 1000000]", "[4294967296, 4294967296]", "[-1, -2]", "[1, 1]", "{}")) {
            Path file = ZipEdits.of(dense())
                    .json(text -> text.replace("\"shape\" : [ 1, 2 ]", "\"shape\" : " + shape))
                    .write(folder.resolve("weights.zip"));
            refused(file);
        }
        Path old = ZipEdits.of(dense())
                .json(
                        text -> text.replace(
                                "\"shape\" : [ 1, 2 ]",
                                "\"dataBuffer\" : [ 1 ], \"rankField\": 2,"
                                        + " \"numElements\": 1, \"offsetField\": 0, \"shapeField\": [100000, 100000], \"strideField\": [1, 1]"))
                .write(folder.resolve("old.zip"));
        assertTrue(refused(old).getMessage().contains("before 1.0.0-beta4"));
    }

    /** Zeros compressed to a thousandth of their size are not unpacked only to find a wrong length. */
    @Test
    void aBombIsNotUnpacked() throws Exception {
        byte[] zeros = new byte[64 << 20];
        Path file = ZipEdits.of(dense())
                .entry("huge.bin", zeros)
                .entry("updaterState.bin", zeros)
                .write(folder.resolve("bomb.zip"));
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> Dl4jZip.read(file).close());
        byte[] values = ByteBuffer.allocate(64 << 20)
                .put(array("MIXED_DATA_TYPES", row(23), "FLOAT", 23, new byte[0]))
                .array();
        refused(ZipEdits.of(dense()).entry("coefficients.bin", values).write(file));
    }

    @Test
    void anEntryTwiceAndAThousandEntriesAreRefused() throws Exception {
        ZipEdits many = ZipEdits.of(dense());
        for (int i = 0; i < 1000; i++) {
            many.entry("entry" + i, new byte[0]);
        }
        assertTrue(refused(many.write(folder.resolve("many.zip"))).getMessage().contains("1002 entries"));
        byte[] twice = Files.readAllBytes(
                ZipEdits.of(dense()).entry("configuration.jsoN", new byte[0]).write(folder.resolve("twice.zip")));
        String text =
                new String(twice, StandardCharsets.ISO_8859_1).replace("configuration.jsoN", "configuration.json");
        Path file = Files.write(folder.resolve("twice.zip"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refused(file).getMessage().contains("twice"));
    }

    /** The file is cut before its directory, within it, and after a few bytes. */
    @Test
    void aFileThatIsCutShortAnywhereIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(ZipEdits.of(dense()).write(folder.resolve("whole.zip")));
        Path file = folder.resolve("short.zip");
        for (int length = 0; length < whole.length; length += length < 64 || length > whole.length - 300 ? 1 : 41) {
            Files.write(file, Arrays.copyOf(whole, length));
            String message = refused(file).getMessage();
            assertFalse(message.contains("null"), message);
        }
    }

    /** The JDK finds the end of a directory whose first bytes claim a size larger than the file. */
    @Test
    void aFileWithAnEndOfAnotherFileIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(ZipEdits.of(dense()).write(folder.resolve("whole.zip")));
        Random random = new Random(1);
        Path file = folder.resolve("end.zip");
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            for (int j = 0; j < 3; j++) {
                damaged[whole.length - 1 - random.nextInt(22)] = (byte) (random.nextBoolean() ? 255 : random.nextInt());
            }
            Files.write(file, damaged);
            try {
                Dl4jZip.read(file).close();
            } catch (DataFormatException e) {
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            }
        }
    }

    /** The message of a failure prints the seed. */
    @Test
    void damagedFilesAreReadOrRefused() throws Exception {
        byte[] whole = Files.readAllBytes(ZipEdits.of(dense()).write(folder.resolve("whole.zip")));
        ZipEdits parts = ZipEdits.of(whole);
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ZipEdits damaged = ZipEdits.of(whole);
            String entry = random.nextBoolean() ? "configuration.json" : "coefficients.bin";
            byte[] content = parts.entry(entry).clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                content[random.nextInt(content.length)] = (byte) random.nextInt(256);
            }
            Path file = damaged.entry(entry, content).write(folder.resolve("damaged.zip"));
            try {
                INDArray output = ((MultiLayerNetwork) Dl4jZip.read(file)).params();
                assertEquals(23, output.length(), "seed " + seed);
            } catch (DataFormatException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), "seed " + seed);
            }
        }
    }
}
