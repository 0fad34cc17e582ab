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
 * Ants and bees, by the first three stages of a ResNet-50 V2 that was trained on ImageNet. The base comes from a mirror and is not
 * ours to publish, nor is what holds its weights.
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

    /** The head learns without epochs, batches and rate. */
    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(1, 1, 1, 1);
    }

    @Override
    Begin begin(Store store, ProgressListener listener) throws IOException {
        return new Begin("resnet50_v2_stage3_224.onnx", store.fetch(BASE, listener));
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
                "Takes a photograph as 224 x 224 pixels, uint8 [batch, 224, 224, 3], and says whether it shows ants or bees,"
                        + " probabilities [batch, 2]. The first three stages of a ResNet-50 V2 that learnt from ImageNet are as they"
                        + " were; a linear layer on their features learnt from 244 photographs.",
                List.of("image-classification", "transfer-learning", "hymenoptera"),
                List.of(
                        "It knows nothing but its two classes: any picture is taken for one of them.",
                        "Not for publication: it holds the weights of its base, whose licence is its owner's."));
    }
}
