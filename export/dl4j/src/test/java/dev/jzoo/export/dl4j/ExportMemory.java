package dev.jzoo.export.dl4j;

import ai.djl.basicmodelzoo.cv.classification.ResNetV1;
import ai.djl.basicmodelzoo.cv.classification.VGG;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import dev.jzoo.export.ExportReport;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Tolerance;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.zoo.card.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.VGG16;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program that exports a network and prints its memory use in bytes: "model M loaded L pass P export E". All except M
 * are sizes of the process's resident set (Linux's VmRSS and VmHWM). L is the size with the network loaded, P the peak
 * during a forward pass of the larger batch that an export compares, E the peak during the export. With "session"
 * instead of a network's name it prints "session S": the peak that ONNX Runtime adds when it loads a file, with its
 * optimisations, and runs that batch. It runs in its own process.
 */
public final class ExportMemory {

    private static final long[] PICTURE = {3, 224, 224};
    private static final int BATCH = 3;

    private ExportMemory() {}

    private interface Pass {
        void run();
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "djl-vgg16" ->
                djl(
                        VGG.builder()
                                .setNumLayers(16)
                                .setOutSize(1000)
                                .setConvArch(new int[][] {{2, 64}, {2, 128}, {3, 256}, {3, 512}, {3, 512}})
                                .build(),
                        file);
            case "djl-resnet50" ->
                djl(
                        ResNetV1.builder()
                                .setImageShape(new Shape(PICTURE))
                                .setNumLayers(50)
                                .setOutSize(1000)
                                .build(),
                        file);
            case "dl4j-vgg16" ->
                dl4j(
                        VGG16.builder()
                                .numClasses(1000)
                                .inputShape(new int[] {3, 224, 224})
                                .build()
                                .init(),
                        file);
            case "dl4j-resnet50" ->
                dl4j(
                        withSmallKernels(ResNet50.builder()
                                .numClasses(1000)
                                .inputShape(new int[] {3, 224, 224})
                                .build()
                                .init()),
                        file);
            case "session" -> System.out.println("session " + session(file));
            default -> throw new IllegalArgumentException("No network '" + arguments[0] + "'.");
        }
    }

    private static void djl(Block block, Path file) throws IOException {
        try (NDManager manager = NDManager.newBaseManager()) {
            block.initialize(manager, ai.djl.ndarray.types.DataType.FLOAT32, new Shape(1).addAll(new Shape(PICTURE)));
            measure(
                    () -> {
                        try (NDManager scratch = manager.newSubManager()) {
                            NDList pictures = new NDList(scratch.ones(new Shape(BATCH).addAll(new Shape(PICTURE))));
                            block.forward(new ParameterStore(scratch, false), pictures, false)
                                    .head()
                                    .toFloatArray();
                        }
                    },
                    OnnxExporter.of(block),
                    file);
        }
    }

    private static void dl4j(ComputationGraph graph, Path file) throws IOException {
        long[] shape = {BATCH, PICTURE[0], PICTURE[1], PICTURE[2]};
        OnnxExporter exporter = OnnxExporter.of(graph).input("input", DataType.FLOAT, Dimension.batchOf(PICTURE));
        measure(() -> graph.output(Nd4j.ones(shape)), exporter, file);
    }

    /** Shrinks the kernels. DL4J draws them with a deviation of 0.5, with which the last stage overflows to NaN. */
    private static ComputationGraph withSmallKernels(ComputationGraph graph) {
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof ConvolutionLayer) {
                INDArray kernels = layer.getParam("W");
                long fanIn = kernels.length() / kernels.size(0);
                kernels.muli(Math.sqrt(2.0 / fanIn) / 0.5);
            }
        }
        return graph;
    }

    private static void measure(Pass pass, OnnxExporter exporter, Path file) throws IOException {
        pass.run();
        System.gc();
        long loaded = status("VmRSS");
        restart();
        pass.run();
        long peakOfPass = status("VmHWM");
        restart();
        ExportReport report = exporter.tolerance(Tolerance.deep()).write(file);
        System.out.println(
                "model " + report.bytes() + " loaded " + loaded + " pass " + peakOfPass + " export " + status("VmHWM"));
    }

    private static long session(Path file) throws IOException {
        Tensor pictures = Tensor.of(
                new float[BATCH * (int) (PICTURE[0] * PICTURE[1] * PICTURE[2])],
                BATCH,
                PICTURE[0],
                PICTURE[1],
                PICTURE[2]);
        long before = status("VmRSS");
        restart();
        try (OnnxModel model = OnnxModel.open(
                file,
                Device.cpu(),
                SessionSettings.standard().withWeights(SessionSettings.WeightPacking.AS_THEY_ARE))) {
            model.run(Map.of(model.inputs().get(0).name(), pictures));
        }
        return status("VmHWM") - before;
    }

    /** Resets VmHWM to the present size, see proc(5), clear_refs. */
    private static void restart() throws IOException {
        Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    }

    private static long status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
