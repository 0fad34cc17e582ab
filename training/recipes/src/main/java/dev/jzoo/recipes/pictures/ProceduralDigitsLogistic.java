package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.util.List;

/** The recipe of {@link MnistLogistic} on digits that a program draws, for machines that cannot download MNIST. */
public final class ProceduralDigitsLogistic extends MnistLogistic {

    private static final int TRAIN = 20_000;
    private static final int TEST = 4_000;

    @Override
    public String id() {
        return "procedural-digits-logistic";
    }

    @Override
    public String title() {
        return "Softmax regression on digits drawn by a program (a stand-in, not MNIST)";
    }

    @Override
    RecipePictures pictures(Store store, ProgressListener listener) {
        return RecipePictures.of(ProceduralDigits.generate(TRAIN, 1), ProceduralDigits.generate(TEST, 2));
    }

    @Override
    ModelText words() {
        return new ModelText(
                super.words().summary(),
                super.words().tags(),
                List.of("Trained on digits drawn by a program, which stand in for MNIST: its accuracy does not apply to"
                        + " real handwriting."));
    }
}
