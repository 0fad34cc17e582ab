package dev.jzoo.export;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.onnx.GraphBuilder;
import dev.jzoo.export.onnx.OnnxFile;
import dev.jzoo.export.onnx.ValueInfo;
import dev.jzoo.export.onnx.passes.GraphPass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/** Times the export of DJL's ResNet-50, beside writing as many bytes and a forward pass. Started by speed.sh. */
public final class ExportSpeed {

    private static final int WARM_UP = 3;
    private static final Shape PICTURE = new Shape(1, 3, 224, 224);

    private final NDManager manager;
    private final Block network;
    private final Path folder;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    private interface Work {
        void run() throws IOException;
    }

    private ExportSpeed(NDManager manager, Path folder) {
        this.manager = manager;
        this.folder = folder;
        network = ResNetV1.builder()
                .setImageShape(new Shape(3, 224, 224))
                .setNumLayers(50)
                .setOutSize(1000)
                .build();
        network.initialize(manager, DataType.FLOAT32, PICTURE);
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        try (NDManager manager = NDManager.newBaseManager()) {
            ExportSpeed speed = new ExportSpeed(manager, folder);
            for (int round = 0; round < WARM_UP + rounds; round++) {
                if (round == WARM_UP) {
                    speed.seconds.clear();
                }
                speed.round();
            }
            speed.print();
        }
    }

    private void round() throws IOException {
        Path file = folder.resolve("resnet50.onnx");
        time("whole", () -> OnnxExporter.of(network).tolerance(Tolerance.deep()).write(file));
        long bytes = Files.size(file);
        time("plain write", () -> writePlainly(file, bytes));
        time("forward pass", this::forward);
        parts(file);
        Files.delete(file);
    }

    /** As the export writes: piece by piece, and not done before the disk has it. */
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

    private void forward() {
        try (NDManager scratch = manager.newSubManager()) {
            NDArray picture = scratch.ones(PICTURE);
            network.forward(new ParameterStore(scratch, false), new NDList(picture), false)
                    .head()
                    .toFloatArray();
        }
    }

    /** What {@link OnnxExporter#write} does, one part after the other instead of two at a time. */
    private void parts(Path path) throws IOException {
        FrontEnd frontEnd = ServiceLoader.load(FrontEnd.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.accepts(network))
                .findFirst()
                .orElseThrow();
        try (SourceNetwork source = frontEnd.open(network, List.of())) {
            GraphBuilder graph = new GraphBuilder(17);
            List<String> read = source.inputs().stream().map(graph::input).toList();
            List<ValueInfo> written = new ArrayList<>();
            time("recording", () -> source.emit(graph, read).forEach(written::add));
            written.forEach(graph::output);
            OnnxFile raw = OnnxFile.of(17, new OnnxFile.Producer("benchmark", ""), graph.build("g"), Map.of());
            OnnxFile[] file = new OnnxFile[1];
            time("passes", () -> file[0] = raw.withGraph(GraphPass.cleaning().apply(raw.graph())));
            time("check of the weights", () -> WeightCheck.warnings(file[0].graph()));
            time("digest and write", () -> file[0].write(path));
            Border border = new Border(source.inputs(), written);
            time("verification", () -> new ParityCheck(source, file[0], border, Tolerance.deep()).run());
        }
    }

    private void time(String what, Work work) throws IOException {
        long begun = System.nanoTime();
        work.run();
        seconds.computeIfAbsent(what, name -> new ArrayList<>()).add((System.nanoTime() - begun) / 1e9);
    }

    private double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The median over the rounds of one figure in relation to the plain write and the forward pass of the same round. */
    private double ratio(String... parts) {
        return median(IntStream.range(0, seconds.get("whole").size())
                .mapToObj(round -> {
                    double sum = 0;
                    for (String part : parts) {
                        sum += seconds.get(part).get(round);
                    }
                    return sum
                            / (seconds.get("plain write").get(round)
                                    + seconds.get("forward pass").get(round));
                })
                .toList());
    }

    private void print() {
        seconds.forEach((what, values) -> System.out.printf("%-22s %6.3f s%n", what, median(values)));
        System.out.printf(
                "%nin relation to plain write + forward pass:%n"
                        + "OnnxExporter.write                              %5.2f%n"
                        + "the same without verification, part after part  %5.2f%n",
                ratio("whole"), ratio("recording", "passes", "check of the weights", "digest and write"));
    }
}
