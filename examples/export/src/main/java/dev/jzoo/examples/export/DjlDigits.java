package dev.jzoo.examples.export;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.Postprocessing;
import java.nio.file.Path;

/** A DJL network, as in an application. */
final class DjlDigits {

    private DjlDigits() {}

    /** Trains the network and exports it, with a softmax at the end, since it returns logits. */
    static void export(LabelledImages digits, Path file) throws Exception {
        SequentialBlock network = new SequentialBlock()
                .add(Linear.builder().setUnits(64).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build());
        Engine.getInstance().setRandomSeed(1);
        try (Model model = Model.newInstance("digits")) {
            model.setBlock(network);
            try (Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()))) {
                trainer.initialize(new Shape(1, digits.valuesPerImage()));
                NDManager manager = trainer.getManager();
                ArrayDataset examples = new ArrayDataset.Builder()
                        .setData(manager.create(ExportDigits.inputs(digits)))
                        .optLabels(manager.create(digits.labels()))
                        .setSampling(50, true)
                        .build();
                EasyTrain.fit(trainer, 5, examples, null);
            }
            ExportDigits.write(OnnxExporter.of(network).after(Postprocessing.softmax("probabilities")), file);
        }
    }
}
