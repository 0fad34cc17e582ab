package dev.jzoo.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The settings of a training run.
 *
 * @param epochs number of passes over the training data, 1 or more
 * @param batch number of examples per step of the optimiser, 1 or more
 * @param learningRate learning rate of the optimiser, above 0; the peak rate if it changes
 * @param seed seed of the initial weights, of the order of the data and of all other random choices
 * @param limit number of training examples to use, the first ones; 0 for all
 * @param overrides settings that replace those of the recipe
 */
public record Hyperparameters(
        int epochs,
        int batch,
        double learningRate,
        long seed,
        int limit,
        // Runs from before this field exists do not have it, and their files must stay unchanged.
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Overrides overrides) {

    public Hyperparameters {
        Objects.requireNonNull(overrides, "overrides");
        require(epochs >= 1, "The number of epochs must be 1 or more", epochs);
        require(batch >= 1, "The batch size must be 1 or more", batch);
        require(
                learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
                "The learning rate must be above 0",
                learningRate);
        require(limit >= 0, "The limit must be 0, for all examples, or more", limit);
    }

    /** Creates settings; all others are the recipe's. */
    public Hyperparameters(int epochs, int batch, double learningRate, long seed, int limit) {
        this(epochs, batch, learningRate, seed, limit, Overrides.none());
    }

    /** Creates settings for all examples; all others are the recipe's. */
    public Hyperparameters(int epochs, int batch, double learningRate, long seed) {
        this(epochs, batch, learningRate, seed, 0);
    }

    public Hyperparameters withEpochs(int other) {
        return new Hyperparameters(other, batch, learningRate, seed, limit, overrides);
    }

    public Hyperparameters withBatch(int other) {
        return new Hyperparameters(epochs, other, learningRate, seed, limit, overrides);
    }

    public Hyperparameters withLearningRate(double other) {
        return new Hyperparameters(epochs, batch, other, seed, limit, overrides);
    }

    public Hyperparameters withSeed(long other) {
        return new Hyperparameters(epochs, batch, learningRate, other, limit, overrides);
    }

    public Hyperparameters withLimit(int other) {
        return new Hyperparameters(epochs, batch, learningRate, seed, other, overrides);
    }

    public Hyperparameters withOverrides(Overrides other) {
        return new Hyperparameters(epochs, batch, learningRate, seed, limit, other);
    }

    private static void require(boolean fits, String range, Number found) {
        if (!fits) {
            throw new IllegalArgumentException(range + ", not " + found + ".");
        }
    }

    /**
     * Returns the options of {@code jzoo train} that turn a recipe's defaults into these settings; the seed is always
     * included.
     */
    List<String> options(Hyperparameters defaults) {
        List<String> options = new ArrayList<>();
        if (epochs != defaults.epochs) {
            options.add("--epochs " + epochs);
        }
        if (batch != defaults.batch) {
            options.add("--batch " + batch);
        }
        if (learningRate != defaults.learningRate) {
            options.add("--lr " + learningRate);
        }
        options.add("--seed " + seed);
        if (limit != defaults.limit) {
            options.add("--limit " + limit);
        }
        options.addAll(overrides.options());
        return options;
    }

    /** Returns the number of examples that are used, of a total. */
    public int limited(int examples) {
        return limit == 0 ? examples : Math.min(limit, examples);
    }
}
