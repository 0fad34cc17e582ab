package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.Postprocessing;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.DataType;
import dev.jzoo.training.Engine;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The export of a picture classifier, to a file from unsigned bytes to probabilities.
 *
 * @param inputs the way pictures are passed to the network
 * @param weights the precision of weights in the file
 */
record PictureExport(PictureInputs inputs, PictureClassifier.WeightPrecision weights) {

    /**
     * Returns the exporter of a network. Rounds the network's weights if the file stores them so. A network that ends
     * in logits gets a softmax. A network that DJL has loaded no longer knows its input's axes.
     *
     * @param pictures pictures with the size that the file takes
     */
    OnnxExporter exporter(Engine engine, Object network, LabelledImages pictures) {
        if (weights == PictureClassifier.WeightPrecision.HALF) {
            engine.roundToHalf(network);
        }
        OnnxExporter exporter = OnnxExporter.of(network)
                .input(
                        "pixels",
                        DataType.FLOAT,
                        Dimension.batchOf(inputs.network().input()))
                .before(stage(pictures));
        if (weights == PictureClassifier.WeightPrecision.HALF) {
            exporter.halfPrecisionStorage();
        }
        return engine.classOutput() == Engine.ClassOutput.LOGITS
                ? exporter.after(Postprocessing.softmax("probabilities"))
                : exporter.outputs("probabilities");
    }

    /** Returns the nodes from pictures to the network's input. */
    private PixelInput stage(LabelledImages pictures) {
        PixelInput.PixelLayout layout =
                inputs.isFlat() ? PixelInput.PixelLayout.FLAT : PixelInput.PixelLayout.CHANNELS_FIRST;
        List<Float> mean = inputs.statistics().mean();
        return mean.stream().allMatch(value -> value == 0)
                ? PixelInput.unit(pictures.height(), pictures.width(), pictures.channels(), layout)
                : new PixelInput(
                        pictures.height(),
                        pictures.width(),
                        pictures.channels(),
                        mean,
                        inputs.statistics().deviation(),
                        layout);
    }

    /** Returns pictures as inputs of the file, one by one. */
    List<Map<String, Tensor>> vectors(LabelledImages pictures) {
        String input = stage(pictures).input().name();
        List<Map<String, Tensor>> vectors = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            Tensor picture =
                    Tensor.ofBytes(pictures.image(i), 1, pictures.height(), pictures.width(), pictures.channels());
            vectors.add(Map.of(input, picture));
        }
        return vectors;
    }
}
