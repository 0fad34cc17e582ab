package dev.jzoo.benchmarks;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.FrontEnd;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.SourceNetwork;
import dev.jzoo.export.Tolerance;
import dev.jzoo.export.WeightCheck;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.onnx.passes.GraphPass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/** The time of exporting DJL's residual networks, compared with writing the same number of bytes and a forward pass. */
final class ExportSpeed {

    private static final String WHOLE = "whole";
    private static final String PLAIN_WRITE = "plain write";
    private static final String FORWARD_PASS = "forward pass";
    private static final String RECORDING = "recording";
    private static final String PASSES = "passes";
    private static final String WEIGHTS = "check of the weights";
    private static final String WRITE = "digest and write";
    private static final String DIGEST = "digest";
    private static final String REPORT = "all but the write";

    private static final int WARM_UP = 3;
    private static final int OPSET = 17;

    private final Shape picture;
    private final int layers;
    private final Path folder;
    private final SamplesByName seconds = new SamplesByName();

    /**
     * @param picture shape of a batch of one, [1, 3, height, width]
     * @param layers of the network
     * @param folder for the file
     */
    ExportSpeed(Shape picture, int layers, Path folder) {
        this.picture = picture;
        this.layers = layers;
        this.folder = folder;
    }

    /** Measures ResNet-50 with the rounds in the argument, 9 by default. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        ExportSpeed speed = new ExportSpeed(new Shape(1, 3, 224, 224), 50, Path.of("benchmarks", "target"));
        print(speed.measure(WARM_UP, rounds));
    }

    /** Returns the seconds of the whole export and of its parts, one value for each round. */
    Map<String, Samples> measure(int warmUp, int rounds) throws Exception {
        try (NDManager manager = NDManager.newBaseManager()) {
            Block network = ResNetV1.builder()
                    .setImageShape(picture.slice(1))
                    .setNumLayers(layers)
                    .setOutSize(1000)
                    .build();
            network.initialize(manager, DataType.FLOAT32, picture);
            for (int round = 0; round < warmUp + rounds; round++) {
                if (round == warmUp) {
                    seconds.clear();
                }
                measureOnce(network, manager);
            }
            return seconds.samples();
        }
    }

    private void measureOnce(Block network, NDManager manager) throws Exception {
        Path file = folder.resolve("resnet" + layers + ".onnx");
        OnnxExporter exporter = OnnxExporter.of(network).tolerance(Tolerance.deep());
        seconds.time(WHOLE, () -> exporter.write(file));
        long bytes = Files.size(file);
        seconds.time(PLAIN_WRITE, () -> writePlainly(file, bytes));
        seconds.time(FORWARD_PASS, () -> forward(network, manager));
        measureParts(network, file);
        seconds.time(REPORT, exporter::report);
        Files.delete(file);
    }

    /** Writes like the export: piece by piece, waiting until the file is on the disk. */
    private static void writePlainly(Path file, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(1 << 16);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long left = bytes; left > 0; ) {
                left -= channel.write(piece.clear().limit((int) Math.min(left, piece.capacity())));
            }
            channel.force(true);
        }
    }

    private void forward(Block network, NDManager manager) {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray ones = scratch.ones(picture);
            network.forward(new ParameterStore(scratch, false), new NDList(ones), false)
                    .head()
                    .toFloatArray();
        }
    }

    /** Does what {@link OnnxExporter#write} does before and after the verification, one part after the other. */
    private void measureParts(Block network, Path path) throws Exception {
        FrontEnd frontEnd = ServiceLoader.load(FrontEnd.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.accepts(network))
                .findFirst()
                .orElseThrow();
        try (SourceNetwork source = frontEnd.open(network, List.of())) {
            GraphBuilder graph = new GraphBuilder(OPSET);
            List<String> read = source.inputs().stream().map(graph::input).toList();
            List<ValueInfo> written = new ArrayList<>();
            seconds.time(RECORDING, () -> written.addAll(source.emit(graph, read)));
            written.forEach(graph::output);
            OnnxFile raw = OnnxFile.of(OPSET, new OnnxFile.Producer("benchmark", ""), graph.build("g"), Map.of());
            OnnxFile[] file = new OnnxFile[1];
            seconds.time(
                    PASSES, () -> file[0] = raw.withGraph(GraphPass.cleaning().apply(raw.graph())));
            seconds.time(WEIGHTS, () -> WeightCheck.warnings(file[0].graph()));
            seconds.time(WRITE, () -> file[0].write(path));
            seconds.time(DIGEST, () -> file[0].fingerprint());
        }
    }

    private static void print(Map<String, Samples> seconds) {
        seconds.forEach((what, samples) -> System.out.printf(Locale.ROOT, "%-22s %6.3f s%n", what, samples.median()));
        Samples before = seconds.get(RECORDING).plus(seconds.get(PASSES)).plus(seconds.get(WEIGHTS));
        // The verification is internal to the exporter. Its time is the time of report() without the parts that are
        // measured alone.
        Samples verification = seconds.get(REPORT).minus(before).minus(seconds.get(DIGEST));
        System.out.printf(Locale.ROOT, "%-22s %6.3f s%n", "verification", verification.median());
        Samples unit = seconds.get(PLAIN_WRITE).plus(seconds.get(FORWARD_PASS));
        System.out.printf(
                Locale.ROOT,
                "%nin relation to plain write + forward pass:%n"
                        + "OnnxExporter.write                              %5.2f%n"
                        + "the same without verification, part after part  %5.2f%n",
                seconds.get(WHOLE).over(unit).median(),
                before.plus(seconds.get(WRITE)).over(unit).median());
    }
}
