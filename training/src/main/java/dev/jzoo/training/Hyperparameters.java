package dev.jzoo.training;

/**
 * The settings of a training run that every recipe has.
 *
 * @param epochs passes over the training data, 1 or more
 * @param batch examples for each step of the optimiser, 1 or more
 * @param learningRate of the optimiser, above 0
 * @param seed of the initial weights and of the order of the data
 */
public record Hyperparameters(int epochs, int batch, double learningRate, long seed) {

    public Hyperparameters {
        if (epochs < 1 || batch < 1 || !(learningRate > 0)) {
            throw new IllegalArgumentException("Epochs and batch are 1 or more and the learning rate is above 0, not "
                    + epochs + ", " + batch + " and " + learningRate + ".");
        }
    }

    public Hyperparameters withEpochs(int other) {
        return new Hyperparameters(other, batch, learningRate, seed);
    }

    public Hyperparameters withBatch(int other) {
        return new Hyperparameters(epochs, other, learningRate, seed);
    }

    public Hyperparameters withLearningRate(double other) {
        return new Hyperparameters(epochs, batch, other, seed);
    }

    public Hyperparameters withSeed(long other) {
        return new Hyperparameters(epochs, batch, learningRate, other);
    }
}
