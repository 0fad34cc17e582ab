package dev.jzoo.recipes.tables;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Plan;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.training.recipe.NetworkRecipe;
import dev.jzoo.training.recipe.TrainingTask;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;

/**
 * The recipe of a network that predicts one column of a table from others, compared with linear regression. A recipe of
 * this family defines the table, the network and the plan; everything else is the same for all.
 */
abstract class TableRegression implements NetworkRecipe {

    /** Returns the table in two parts, which are the same for every seed of the weights. */
    abstract NumericTable.TableSplit split(Store store, ProgressListener listener) throws IOException;

    /** Returns the input columns and the target column. */
    abstract ModelCard.Columns columns();

    /** Returns the network, from [columns] to one value. */
    abstract Network network();

    /** Returns the training plan. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** Describes in words how the table is split. */
    abstract String preparation();

    /** Returns three rows that may be published as test vectors. */
    abstract float[][] samples();

    @Override
    public final Headline headline() {
        return new Headline("test.r2", Better.HIGHER);
    }

    @Override
    public final TrainingTask prepare(Store store, ProgressListener listener) throws IOException {
        return TableTraining.of(this, split(store, listener));
    }
}
