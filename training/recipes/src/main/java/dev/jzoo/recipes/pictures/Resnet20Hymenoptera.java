package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.catalogue.Hymenoptera;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.Mode;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.catalogue.PublishedModel;
import java.io.IOException;
import java.util.List;

/**
 * A classifier of ants and bees that fine-tunes all layers of {@link Cifar10Resnet20}, which was trained on CIFAR-10's
 * classes.
 */
public final class Resnet20Hymenoptera extends TransferredClassifier {

    private static final String BASE = "cifar10-resnet20";

    @Override
    public String id() {
        return "resnet20-hymenoptera";
    }

    @Override
    public String title() {
        return "ResNet-20 of CIFAR-10 fine-tuned on ants and bees";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(10, 16, 5e-4, 1);
    }

    @Override
    RecipeBase base(Store store, ProgressListener listener) throws IOException {
        PublishedModel base = Zoo.of(store).pull(BASE, listener);
        return new RecipeBase(BASE, base.model());
    }

    @Override
    PictureFolder pictures(Store store, ProgressListener listener) throws IOException {
        return Hymenoptera.pictures(store, listener);
    }

    @Override
    Mode mode(Hyperparameters settings) {
        return new Mode.Full(Mode.Start.BASE, settings.epochs(), settings.batch(), settings.learningRate());
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes a photograph as 32 x 32 pixels, uint8 [batch, 32, 32, 3], and says whether it shows ants or bees,"
                        + " probabilities [batch, 2]. An example of transfer learning from a model of this zoo: cifar10-resnet20"
                        + " has seen neither, and all of its layers learnt on from 244 photographs.",
                List.of("image-classification", "transfer-learning", "hymenoptera"),
                List.of(
                        "It knows nothing but its two classes: any picture is taken for one of them.",
                        "On 32 x 32 pixels an insect is a few dots. Bases that see 224 x 224 pixels tell 94 of 100 apart.",
                        "The pictures for validation chose the epoch, so that the accuracy on them is a little flattered, and with"
                                + " 153 of them it is known to about 7 points.",
                        "The rights of the photographers of its training pictures are not known; none of them is in the file."));
    }
}
