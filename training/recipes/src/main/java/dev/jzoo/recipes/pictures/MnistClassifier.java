package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.Mnist;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;

/** A classifier of MNIST's digits. */
abstract class MnistClassifier extends PictureClassifier {

    static final String SUMMARY = "Takes grey 28 x 28 pictures of digits, white on black, as unsigned bytes"
            + " [batch, 28, 28, 1], and gives the probability of each digit, [batch, 10]. Scaling the pixels to 0..1 is in"
            + " the graph.";

    static final String AS_MNIST =
            "Knows digits as MNIST has them: white on black, centred, about 20 of the 28 pixels high.";

    @Override
    RecipePictures pictures(Store store, ProgressListener listener) throws IOException {
        return RecipePictures.of(Mnist.train(store, listener), Mnist.test(store, listener));
    }

    /** Returns digits that a program drew. */
    @Override
    final LabelledImages testVectors() {
        return ProceduralDigits.generate(3, 7);
    }
}
