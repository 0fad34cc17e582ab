package dev.jzoo.export.dl4j.layers;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Object detection. */
final class DetectionEmitters {

    private DetectionEmitters() {}

    static void addTo(EmitterTable table) {
        table.put(Yolo2OutputLayer.class, DetectionEmitters::yolo);
    }

    /**
     * Emits the boxes. Each box has 5 + C numbers: centre (sigmoid), size (prior times exp), confidence (sigmoid),
     * classes (softmax). The channels are [boxes, 5 + C]. As in DL4J, the application suppresses overlapping boxes.
     */
    private static String yolo(Yolo2OutputLayer configuration, LayerContext layer) {
        ChannelsFirst grid = ChannelsFirst.of(layer, configuration.getFormat() != CNN2DFormat.NCHW);
        INDArray priors = configuration.getBoundingBoxes().castTo(DataType.FLOAT);
        long boxes = priors.size(0);
        long channels = layer.size(grid.isLast() ? 3 : 1);
        long classes = channels / boxes - 5;
        // [N, boxes, 5 + C, H * W]
        String cells = layer.reshape(grid.value(), 0, boxes, 5 + classes, -1);
        List<String> parts = layer.op("Split", cells, layer.integers(2, 2, 1, classes))
                .integer("axis", 2)
                .emit(4);
        String centre = layer.op("Sigmoid", parts.get(0)).emit();
        String size = layer.op(
                        "Mul",
                        layer.op("Exp", parts.get(1)).emit(),
                        layer.weight("priors", priors.dup('c').reshape(boxes, 2, 1)))
                .emit();
        String confidence = layer.op("Sigmoid", parts.get(2)).emit();
        String probabilities =
                layer.op("Softmax", parts.get(3)).integer("axis", 2).emit();
        String joined = layer.op("Concat", centre, size, confidence, probabilities)
                .integer("axis", 2)
                .emit();
        long height = layer.size(grid.spatial(), 0);
        long width = layer.size(grid.spatial(), 1);
        return grid.restore(layer.reshape(joined, -1, channels, height, width));
    }
}
