package dev.jzoo.finetune;

import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.report.ModelOutline;
import dev.jzoo.report.Numerals;
import dev.jzoo.training.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outline of a fine-tuned model for its report: the parameters kept from the base, the trained parameters and the
 * settings.
 */
record FinetuneOutline(FinetuneOutcome made, FinetuneRecipe recipe) {

    private static final String CROPS = "crops of 35 to 100 % of its area, half of them mirrored";

    ModelOutline outline() {
        long height = made.base().size().height();
        long width = made.base().size().width();
        ModelOutline outline = ModelOutline.ofInput(
                List.of(height, width, (long) made.base().size().channels()));
        baseTo(outline);
        long classes = recipe.head().classWeights().size();
        outline.layer(
                "dense " + classes, List.of(classes), classes * (recipe.base().dimension() + 1));
        outline.setting("mode", recipe.mode())
                .setting(
                        "features",
                        recipe.base().pooling() + ", at " + recipe.base().found())
                .setting(
                        "pixels",
                        recipe.pictures().normalization() + ": "
                                + recipe.pictures().chosen())
                .setting("framing", recipe.pictures().framing())
                .setting(
                        "objective",
                        "cross-entropy" + (made.trained().isBalanced() ? ", all classes weighted equally" : ""))
                .setting("new layer", recipe.head().kind())
                .setting(
                        "new layer's weight decay",
                        Numerals.significant(recipe.head().decay()) + ", by cross-validation in "
                                + recipe.head().folds() + " folds")
                .setting("new layer's batch", "all pictures at once")
                .setting(
                        "new layer's augmentation",
                        recipe.views() == 1
                                ? "none"
                                : recipe.views() + " views of a picture: the picture itself, and " + CROPS);
        made.tuned().ifPresent(tuned -> tuning(outline, tuned));
        return outline.setting("seed", Long.toString(recipe.seed()));
    }

    /** Returns the number of the base's parameters that are in the finished file. */
    long kept() {
        Graph file = made.file().graph();
        return made.base().file().graph().initializers().entrySet().stream()
                .filter(weight -> file.initializers().containsKey(weight.getKey()))
                .map(Map.Entry::getValue)
                // a number without axes belongs to the pre-processing
                .filter(weight -> weight.type().isFloating() && weight.dims().length > 0)
                .mapToLong(TensorData::elements)
                .sum();
    }

    private void baseTo(ModelOutline outline) {
        String name = made.base().name() + " up to '" + recipe.base().features() + "'";
        List<Long> features = List.of((long) recipe.base().dimension());
        if (made.tuned().isEmpty()) {
            outline.frozen(name, features, kept());
            return;
        }
        boolean begun = mode().start() == Mode.Start.BASE;
        long fixed = normalisations(begun ? 1 : 3);
        outline.layer(name, features, kept() - fixed);
        if (begun && fixed > 0) {
            outline.frozen("its batch normalisations", features, fixed);
        }
    }

    /**
     * Counts the values of the batch normalisations from an input on: 1 scale, 2 shift, 3 mean and 4 variance of the
     * data.
     */
    private long normalisations(int from) {
        Map<String, TensorData> weights = made.file().graph().initializers();
        return made.file().graph().nodes().stream()
                .filter(node -> node.opType().equals("BatchNormalization"))
                .flatMap(node -> node.inputs().subList(from, 5).stream())
                .filter(weights::containsKey)
                .mapToLong(name -> weights.get(name).elements())
                .sum();
    }

    private void tuning(ModelOutline outline, TunedClassifier tuned) {
        Plan plan = new TuningPlan(mode(), recipe.seed()).plan();
        boolean begun = mode().start() == Mode.Start.BASE;
        outline.setting("all layers' initialisation", begun ? "the base's weights" : "random")
                .setting("all layers' optimiser", plan.optimizer().title())
                .setting(
                        "all layers' learning rate",
                        Numerals.significant(mode().learningRate())
                                + (begun ? ", " + TuningPlan.AT_THE_INPUT + " of it at the input" : ""))
                .setting("all layers' schedule", plan.schedule().toString())
                .setting(
                        "all layers' weight decay",
                        Numerals.significant(plan.optimizer().weightDecay()))
                .setting("all layers' batch", mode().batch() + " pictures")
                .setting("all layers' augmentation", "new in each epoch: " + CROPS)
                .setting(
                        "all layers' epochs",
                        String.format(
                                Locale.ROOT,
                                "%d of at most %d",
                                tuned.history().epochs().size(),
                                mode().epochs()));
    }

    private Mode.Full mode() {
        return (Mode.Full) made.settings().mode();
    }
}
