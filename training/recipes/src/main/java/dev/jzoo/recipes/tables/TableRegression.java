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
 * The recipe of a network that predicts one column of a table from others, measured beside linear regression. A recipe of this
 * family says which table, which network and how it learns; the rest is the same for all.
 */
abstract class TableRegression implements NetworkRecipe {

    /** The table in two parts, the same for every seed of the weights. */
    abstract NumericTable.TableSplit split(Store store, ProgressListener listener) throws IOException;

    /** Which columns are read, and which is predicted. */
    abstract ModelCard.Columns columns();

    /** From [columns] to one value. */
    abstract Network network();

    /** How it learns. */
    abstract Plan plan(Hyperparameters settings);

    abstract ModelText words();

    /** How the table is split, in words. */
    abstract String preparation();

    /** Three rows that may be published as test vectors. */
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
