package dev.jzoo.recipes.tables;

import dev.jzoo.datasets.NumericTable;
import dev.jzoo.datasets.catalogue.Admissions;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Optimizer;
import dev.jzoo.training.Plan;
import dev.jzoo.training.Schedule;
import dev.jzoo.training.network.Network;
import dev.jzoo.training.recipe.ModelText;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import java.io.IOException;
import java.util.List;

/** A multi-layer perceptron on graduate admissions, on which linear regression is hard to beat. */
public final class AdmissionsMlp extends TableRegression {

    private static final int TRAIN = 320;

    private static final long SPLIT_SEED = 1;

    @Override
    public String id() {
        return "admissions-mlp";
    }

    @Override
    public String title() {
        return "Multi-layer perceptron on graduate admissions";
    }

    @Override
    public Hyperparameters defaults() {
        return new Hyperparameters(60, 16, 1e-2, 1);
    }

    @Override
    NumericTable.TableSplit split(Store store, ProgressListener listener) throws IOException {
        return Admissions.table(store, listener).split(TRAIN, SPLIT_SEED);
    }

    @Override
    ModelCard.Columns columns() {
        return new ModelCard.Columns(Admissions.FEATURES, Admissions.TARGET, "probability");
    }

    @Override
    Network network() {
        return Network.of(7).dense(16).tanh().dense(1);
    }

    @Override
    Plan plan(Hyperparameters settings) {
        return Plan.of(Objective.meanSquaredError(), Optimizer.adamW(0.3), settings)
                .withSchedule(Schedule.oneCycle());
    }

    @Override
    String preparation() {
        return "rows shuffled by seed " + SPLIT_SEED + ", whatever the run's; the first " + TRAIN
                + " are learnt from, the others measured on";
    }

    /** Returns invented rows, because the table's own rows may not be published. */
    @Override
    float[][] samples() {
        return new float[][] {
            {320, 110, 3, 3.5f, 3.5f, 8.6f, 1}, {300, 100, 2, 2.5f, 3, 7.8f, 0}, {335, 117, 5, 4.5f, 4.5f, 9.5f, 1}
        };
    }

    @Override
    ModelText words() {
        return new ModelText(
                "Takes what is known of an applicant to a graduate school, as [batch, 7], and gives the chance of admission,"
                        + " [batch, 1], as applicants themselves judged it. Standardising the columns is in the graph. R2 is"
                        + " the share of the variance that is explained; the course asks for no less than 0.02 below linear"
                        + " regression.",
                List.of("tabular", "multi-layer-perceptron"),
                List.of(
                        "Its 400 rows hold what applicants to one programme expected, not what schools decided: use it for"
                                + " nothing that matters to anybody.",
                        "Its figures are of 80 test rows; another split moves them by several hundredths.",
                        "Nothing keeps a prediction between 0 and 1 where a row is far from those that it has seen."));
    }
}
