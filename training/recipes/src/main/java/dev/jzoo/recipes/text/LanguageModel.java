package dev.jzoo.recipes.text;

import dev.jzoo.datasets.catalogue.TinyShakespeare;
import dev.jzoo.numerics.Softmax;
import dev.jzoo.training.Engine;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import java.io.IOException;

/**
 * The recipe of a network that predicts the next character. A recipe of this family defines the network and the plan;
 * everything else is the same for all.
 */
abstract class LanguageModel implements NetworkRecipe {

    /**
     * Number of characters of each part that are measured after each epoch, so that measuring takes less time than
     * training.
     */
    static final int WATCHED = 30_000;

    /**
     * Number of places that these characters come from. The beginning alone may be easier than the rest, as in the last
     * tenth of Tiny Shakespeare.
     */
    static final int PLACES = 10;

    /** Returns the network for a number of different characters. */
    abstract CharacterNetwork network(int characters);

    abstract ModelText words();

    /** Returns the texts. */
    RecipeTexts texts(Store store, ProgressListener listener) throws IOException {
        return new RecipeTexts(
                TinyShakespeare.train(store, listener),
                TinyShakespeare.test(store, listener),
                TinyShakespeare.vocabulary(store, listener));
    }

    /** Returns the training plan: Adam, one cycle of the learning rate, gradients clipped to a norm of 1. */
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.crossEntropy(), Optimizer.adam(), settings)
                .withSchedule(Schedule.oneCycle())
                .withMaxGradientNorm(1);
    }

    @Override
    public final Headline headline() {
        return new Headline("test.nats", Better.LOWER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) throws IOException {
        RecipeTexts texts = texts(store, listener);
        return new LanguageTraining(this, texts, network(texts.vocabulary().size()));
    }

    /**
     * Returns this many characters, in pieces from evenly spaced places of a text, including its beginning and its end;
     * the whole text if it is shorter.
     */
    static int[] excerpts(int[] text, int characters) {
        if (text.length <= characters) {
            return text;
        }
        int piece = characters / PLACES;
        int[] excerpts = new int[piece * PLACES];
        for (int i = 0; i < PLACES; i++) {
            int start = (int) ((long) i * (text.length - piece) / (PLACES - 1));
            System.arraycopy(text, start, excerpts, i * piece, piece);
        }
        return excerpts;
    }

    /** Converts the outputs of an engine's network to probabilities, row by row. Changes the outputs. */
    static float[] probabilities(Engine engine, float[] outputs, int characters) {
        if (engine.classOutput() == Engine.ClassOutput.PROBABILITIES) {
            return outputs;
        }
        Softmax.rowsInPlace(outputs, characters);
        return outputs;
    }
}
