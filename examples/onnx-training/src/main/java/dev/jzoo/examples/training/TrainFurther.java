package dev.jzoo.examples.training;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.numerics.ArgMax;
import dev.jzoo.onnx.Node;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.onnx.OnnxBlock;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A program that trains a published ONNX file further: a classifier for white digits on black learns to read black digits
 * on white.
 */
public final class TrainFurther {

    private TrainFurther() {}

    /** Runs the program with one argument: the file to write. */
    public static void main(String[] args) throws Exception {
        Path published =
                Zoo.standard().pull("mnist-lenet", ProgressListener.NONE).model();
        Path tuned = Path.of(args[0]);
        train(published, blackOnWhite(ProceduralDigits.generate(2_000, 1)), tuned);

        LabelledImages others = blackOnWhite(ProceduralDigits.generate(1_000, 2));
        System.out.printf(
                Locale.ROOT,
                "accuracy before %.3f, after %.3f%n",
                accuracy(published, others),
                accuracy(tuned, others));
    }

    /** Returns the negatives of pictures. */
    static LabelledImages blackOnWhite(LabelledImages digits) {
        byte[] pixels = new byte[digits.size() * digits.valuesPerImage()];
        digits.pixels().get(pixels);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) ~pixels[i];
        }
        return LabelledImages.wrap(pixels, digits.labels(), 28, 28, 1, digits.labelNames(), digits.provenance());
    }

    /** Trains all layers for two epochs and writes a file with the same nodes, names and labels. */
    private static void train(Path source, LabelledImages digits, Path target) throws Exception {
        OnnxFile file = OnnxFile.read(source);
        List<Node> nodes = file.graph().nodes();
        String logits = nodes.get(nodes.size() - 1).inputs().get(0); // the input of the softmax at the end
        OnnxBlock network = OnnxBlock.of(file).outputs(logits);
        Engine.getInstance().setRandomSeed(1);
        try (Model model = Model.newInstance("digits")) {
            model.setBlock(network);
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()))) {
                trainer.initialize(new Shape(1, 28, 28, 1));
                NDManager manager = trainer.getManager();
                Shape shape = new Shape(digits.size(), 28, 28, 1);
                ArrayDataset examples = new ArrayDataset.Builder()
                        .setData(manager.create(digits.pixels(), shape, DataType.UINT8)) // bytes: the file scales them
                        .optLabels(manager.create(digits.labels()))
                        .setSampling(50, true)
                        .build();
                EasyTrain.fit(trainer, 2, examples, null);
            }
            network.written().write(target);
        }
    }

    /** Measures the accuracy of a file in ONNX Runtime. */
    static double accuracy(Path file, LabelledImages digits) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            int right = 0;
            for (int i = 0; i < digits.size(); i++) {
                Tensor picture = Tensor.ofBytes(digits.image(i), 1, 28, 28, 1);
                float[] scores =
                        model.run(Map.of("image", picture)).get("probabilities").floats();
                right += ArgMax.ofRow(scores, 0, scores.length) == digits.label(i) ? 1 : 0;
            }
            return (double) right / digits.size();
        }
    }
}
