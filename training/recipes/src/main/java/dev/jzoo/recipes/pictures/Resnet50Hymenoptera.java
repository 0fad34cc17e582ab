package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.catalogue.Hymenoptera;
import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.Mode;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;

/**
 * A classifier of ants and bees on the first three stages of a ResNet-50 V2 that was trained on ImageNet. The base
 * comes from a mirror. Neither the base nor a model with its weights may be published by this project.
 */
public final class Resnet50Hymenoptera extends TransferredClassifier {

    private static final Resource BASE = new Resource(
            "pretrained/resnet50_v2_stage3_224.onnx",
            List.of(),
            Encoding.IDENTITY,
            34_296_566,
            new Sha256("0a9930b2313ea667fc476d011900a00ce4887d1829fb30d489b69613d76d5740"));

    @Override
    public String id() {
        return "resnet50-hymenoptera";
    }

    @Override
    public String title() {
        return "ResNet-50 of ImageNet with a new head for ants and bees";
    }

    /** Returns settings that the head does not use: it is trained without epochs, batches and learning rate. */
    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(1, 1, 1, 1);
    }

    @Override
    RecipeBase base(Store store, ProgressListener listener) throws IOException {
        return new RecipeBase("resnet50_v2_stage3_224.onnx", store.fetch(BASE, listener));
    }

    @Override
    PictureFolder pictures(Store store, ProgressListener listener) throws IOException {
        return Hymenoptera.pictures(store, listener);
    }

    @Override
    Mode mode(Hyperparameters settings) {
        return new Mode.HeadOnly();
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes a photograph as 224 x 224 pixels, uint8 [batch, 224, 224, 3], and returns the probabilities of ants and of"
                        + " bees, [batch, 2]. The first three stages are those of a ResNet-50 V2 that was trained on ImageNet,"
                        + " unchanged; a linear layer on their features was trained on 244 photographs.",
                List.of("image-classification", "transfer-learning", "hymenoptera"),
                List.of(
                        "It knows only its two classes and assigns one of them to any picture.",
                        "Do not publish it: it contains the weights of its base, which belong to their owner."));
    }
}
