package dev.jzoo.examples.finetune;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.Finetune;
import dev.jzoo.finetune.FinetuneSettings;
import dev.jzoo.finetune.TransferListener;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.PublishedModel;
import java.nio.file.Path;

/**
 * A program that trains a classifier on a folder of pictures, without a training engine, and classifies a picture with it.
 */
public final class OwnPictures {

    private OwnPictures() {}

    /**
     * Runs the program with three arguments: a folder with a folder of pictures for each class, a new folder for the run,
     * and a picture to classify.
     */
    public static void main(String[] args) throws Exception {
        Path run = Path.of(args[1]).toAbsolutePath();
        PublishedModel base = Zoo.standard().pull("mnist-lenet", ProgressListener.NONE);
        FinetuneSettings settings = FinetuneSettings.of("own-pictures", base, PictureFolder.read(Path.of(args[0])));
        Path features = run.resolveSibling("features"); // kept for the next run on the same pictures
        TrainingResult result = Finetune.run(settings, run, features, TransferListener.NONE);

        System.out.println("validation accuracy " + result.metric("validation.accuracy"));
        try (ImageClassifier classifier = ImageClassifier.open(result.model().resolve("model.onnx"), Device.cpu())) {
            System.out.println(classifier.classify(Path.of(args[2])).best());
        }
    }
}
