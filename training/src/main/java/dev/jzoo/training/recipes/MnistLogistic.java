package dev.jzoo.training.recipes;

import dev.jzoo.datasets.Mnist;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;
import java.util.List;

/** Softmax regression on MNIST; the course has 92.24 % on the test pictures. */
public final class MnistLogistic extends DigitsLogistic {

    @Override
    public String id() {
        return "mnist-logistic";
    }

    @Override
    public String title() {
        return "Softmax regression on MNIST";
    }

    @Override
    Digits digits(Store store, ProgressListener listener) throws IOException {
        return new Digits(Mnist.train(store, listener), Mnist.test(store, listener));
    }

    @Override
    List<String> limits() {
        return List.of(
                "Knows digits as MNIST has them: white on black, centred, about 20 of the 28 pixels high.",
                "A linear model: about one picture in thirteen of the test set is taken for another digit.");
    }
}
