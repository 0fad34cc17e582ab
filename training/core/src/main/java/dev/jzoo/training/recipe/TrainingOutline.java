package dev.jzoo.training.recipe;

import dev.jzoo.report.ModelOutline;
import dev.jzoo.report.Numerals;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.network.NetworkOutline;
import java.util.stream.Collectors;

/**
 * The outline of a run's training for its report, the same for all families: layers, and the settings of a {@link
 * Plan}.
 */
final class TrainingOutline {

    private TrainingOutline() {}

    /**
     * Describes the training of a run.
     *
     * @param network the trained network
     * @param plan the training plan
     * @param recipe the recipe file of the run
     * @param augmentation augmentation of the training examples, in words
     */
    static ModelOutline of(NetworkOutline network, Plan plan, RecipeFile recipe, String augmentation) {
        ModelOutline outline = ModelOutline.ofInput(network.input());
        network.layers().forEach(layer -> outline.layer(layer.name(), layer.output(), layer.parameters()));
        Hyperparameters settings = plan.hyperparameters();
        double decay = plan.optimizer().weightDecay();
        return outline.setting("engine", recipe.engineVersion())
                .setting("initialisation", recipe.initialisation())
                .setting("objective", recipe.objective())
                .setting("optimiser", plan.optimizer().title())
                .setting("learning rate", Numerals.significant(settings.learningRate()))
                .setting("schedule", plan.schedule().toString())
                .setting("weight decay", decay == 0 ? "none" : Numerals.significant(decay))
                .setting("gradient clipping", clipping(plan.maxGradientNorm()))
                .setting("dropout", dropout(network))
                .setting("augmentation", augmentation)
                .setting("epochs", Numerals.whole(settings.epochs()))
                .setting("batch", Numerals.whole(settings.batch()) + (settings.batch() == 1 ? " example" : " examples"))
                .setting(
                        "training examples",
                        settings.limit() == 0 ? "all" : "the first " + Numerals.whole(settings.limit()))
                .setting("preparation", recipe.preparation())
                .setting("seed", Long.toString(settings.seed()));
    }

    private static String clipping(double norm) {
        return Double.isInfinite(norm) ? "none" : "to a norm of " + Numerals.significant(norm);
    }

    private static String dropout(NetworkOutline network) {
        return network.dropouts().isEmpty()
                ? "none"
                : network.dropouts().stream().map(Numerals::significant).collect(Collectors.joining(", "));
    }
}
