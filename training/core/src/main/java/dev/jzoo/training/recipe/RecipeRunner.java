package dev.jzoo.training.recipe;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.training.Compute;
import dev.jzoo.training.Engine;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.Learner;
import dev.jzoo.training.Plan;
import dev.jzoo.training.RecipeFile;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.SavedNetwork;
import dev.jzoo.training.TrainedNetwork;
import dev.jzoo.training.TrainingLoop;
import dev.jzoo.training.TrainingResult;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runner of every {@link NetworkRecipe}: trains, measures and restores its networks. */
public final class RecipeRunner {

    private final NetworkRecipe recipe;

    /** Creates the runner of a recipe. */
    public RecipeRunner(NetworkRecipe recipe) {
        this.recipe = Objects.requireNonNull(recipe, "recipe");
    }

    /**
     * Trains, exports, measures and reports. Continues from a checkpoint in the run's folder, if there is one.
     *
     * @throws IllegalArgumentException if the run's settings override something that the recipe or the engine does not
     *     have
     * @throws dev.jzoo.zoo.error.JZooException for the reasons that {@link dev.jzoo.training.Recipe#train} lists
     */
    public TrainingResult train(TrainingRun run) throws IOException {
        long begun = System.nanoTime();
        Hyperparameters settings = run.hyperparameters();
        AppliedOverrides applied = new AppliedOverrides(recipe.id(), settings.overrides());
        TrainingTask task =
                applied.to(recipe.prepare(run.store(), run.listener().downloads()));
        NetworkDesign network = applied.to(task.network());
        Plan plan = applied.to(task.plan(settings), run.engine());
        network.requireSupport(run.engine());
        run.engine().start(run.compute(), task.threads(run.engine()));
        try (Learner learner = network.learner(run, task.examples(run), plan)) {
            RecipeFile file = recipeFile(run, task, network, plan);
            Sha256 digest = run.folder().writeRecipe(file);
            History history = TrainingLoop.run(
                    learner,
                    plan,
                    run.withListener(task.listener(run, learner)),
                    task.selection(),
                    task.watch(run, learner));
            ModelCard card = task.description().card(recipe, file, digest);
            return new RunFinisher(
                            run,
                            begun,
                            card,
                            history,
                            TrainingOutline.of(network.outline(), plan, file, task.augmentation()))
                    .finish(task, task.exporter(run.engine(), learner.network()));
        }
    }

    /** Measures a model of the recipe on the data that it was made with. */
    public SortedMap<String, Double> measure(OnnxModel model, Store store, ProgressListener listener)
            throws IOException {
        Optional<ModelCard> card = model.card();
        TrainingTask task =
                card.isPresent() ? recipe.prepareFor(card.get(), store, listener) : recipe.prepare(store, listener);
        return new TreeMap<>(task.measure(model).metrics());
    }

    /** Loads the network of a run with the weights at its end. Fails like {@link dev.jzoo.training.Recipe#restore}. */
    public TrainedNetwork restore(RunFolder run, Store store, ProgressListener listener) throws IOException {
        RecipeFile file = run.recipe();
        Engine engine = Engine.of(file.engine());
        TrainingTask task = recipe.prepare(store, listener);
        engine.start(Compute.standard(), task.threads(engine));
        NetworkDesign network =
                new AppliedOverrides(recipe.id(), file.hyperparameters().overrides()).to(task.network());
        SavedNetwork saved = network.load(engine, run.weights());
        return new TrainedNetwork(file, task.exporter(engine, saved.network()), saved::close);
    }

    private RecipeFile recipeFile(TrainingRun run, TrainingTask task, NetworkDesign network, Plan plan) {
        return new RecipeFile(
                recipe.id(),
                run.engine().id(),
                run.engine().version(),
                network.toString(),
                network.initialisation(),
                plan.describe(),
                task.objective(plan),
                run.hyperparameters(),
                task.preparation(run.engine()),
                task.data());
    }
}
