package dev.jzoo.training;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.error.JZooException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The loop over a learner's epochs: order of the data, measuring, history, checkpoints. A run continues from its
 * folder's last checkpoint. All random choices are functions of seed and epoch, so a resumed run equals one that was
 * not interrupted.
 */
public final class TrainingLoop {

    private TrainingLoop() {}

    /**
     * Trains for the run's number of epochs, less those before the folder's last checkpoint. Writes the history and the
     * checkpoints after each one.
     *
     * @param plan the plan that the learner follows
     * @param selection the epoch whose weights the learner has in the end
     * @param measure returns metrics by name, called after each epoch
     * @throws JZooException {@link Code#FAILED} if the loss is no longer finite, naming the epoch
     */
    public static History run(
            Learner learner, Plan plan, TrainingRun run, Selection selection, Supplier<Map<String, Double>> measure)
            throws IOException {
        return run(learner, plan, run.folder(), run.listener(), selection, measure);
    }

    /** Trains like the method above, for a run that consists of a folder and a listener. */
    public static History run(
            Learner learner,
            Plan plan,
            RunFolder folder,
            TrainingListener listener,
            Selection selection,
            Supplier<Map<String, Double>> measure)
            throws IOException {
        return run(learner, plan, new Checkpoints(folder), listener, selection, measure);
    }

    /** Trains like the method above, but without a folder: nothing is written or resumed. */
    public static History run(
            Learner learner,
            Plan plan,
            TrainingListener listener,
            Selection selection,
            Supplier<Map<String, Double>> measure)
            throws IOException {
        return run(learner, plan, new BestWeights(selection), listener, selection, measure);
    }

    private static History run(
            Learner learner,
            Plan plan,
            EpochStore store,
            TrainingListener listener,
            Selection selection,
            Supplier<Map<String, Double>> measure)
            throws IOException {
        List<Epoch> epochs = new ArrayList<>(store.resume(learner));
        Hyperparameters settings = plan.hyperparameters();
        while (epochs.size() < settings.epochs() && !selection.isOver(epochs)) {
            Epoch epoch = epoch(learner, plan, epochs.size(), listener, measure);
            epochs.add(epoch);
            if (selection.best(epochs) == epoch.index()) {
                store.keepBest(learner);
            }
            store.keepLast(learner, epochs);
            listener.epoch(epoch, settings.epochs());
        }
        if (selection.keep() == Selection.Keep.BEST && selection.best(epochs) != epochs.size() - 1) {
            store.restoreBest(learner);
        }
        store.keepModel(learner);
        return new History(epochs);
    }

    private static Epoch epoch(
            Learner learner, Plan plan, int index, TrainingListener listener, Supplier<Map<String, Double>> measure) {
        Hyperparameters settings = plan.hyperparameters();
        int examples = learner.examples().size();
        int[] order = learner.examples().order() == Examples.Order.CONTINUING
                ? IntStream.range(0, examples).toArray()
                : Shuffler.permutation(examples, settings.seed(), index);
        long start = System.nanoTime();
        double loss = learner.epoch(index, order, done -> listener.step(index, settings.epochs(), done, examples));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (Double.isNaN(loss)) {
            throw new JZooException(
                    Code.FAILED,
                    "Training diverged in epoch " + (index + 1) + ": the loss is no longer a finite number.",
                    "Lower the learning rate (--lr), for example to " + settings.learningRate() / 10 + ".");
        }
        double rate = plan.learningRate(plan.stepsPerEpoch(examples) * (index + 1) - 1, examples);
        return new Epoch(index, seconds, loss, rate, new TreeMap<>(measure.get()));
    }
}
