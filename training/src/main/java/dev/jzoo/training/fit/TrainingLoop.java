package dev.jzoo.training.fit;

import dev.jzoo.datasets.Shuffler;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.History;
import dev.jzoo.training.Hyperparameters;
import dev.jzoo.training.RunFolder;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.zoo.JZooException;
import dev.jzoo.zoo.JZooException.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs the epochs of a learner: order of the data, measuring, history, checkpoints. */
public final class TrainingLoop {

    private TrainingLoop() {}

    /**
     * Trains for the run's number of epochs. After each one the history and the checkpoint {@code last} are written, and
     * {@code best} where the epoch's loss is the lowest so far.
     *
     * @param measure metrics by name, asked for after each epoch
     * @throws JZooException {@link Code#FAILED} where the loss is no longer finite, naming the epoch
     */
    public static History run(Learner learner, int examples, TrainingRun run, Supplier<Map<String, Double>> measure)
            throws IOException {
        Hyperparameters settings = run.hyperparameters();
        RunFolder folder = run.folder();
        TrainingListener listener = run.listener();
        List<Epoch> epochs = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < settings.epochs(); i++) {
            int index = i;
            int[] order = Shuffler.permutation(examples, settings.seed(), index);
            long start = System.nanoTime();
            double loss = learner.epoch(order, done -> listener.step(index, settings.epochs(), done, examples));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (Double.isNaN(loss)) {
                throw new JZooException(
                        Code.FAILED,
                        "Training diverged in epoch " + index + ": the loss is no longer a finite number.",
                        "Lower the learning rate: --lr " + settings.learningRate() / 10 + ", for instance.");
            }
            Epoch epoch = new Epoch(index, seconds, loss, new TreeMap<>(measure.get()));
            epochs.add(epoch);
            folder.writeHistory(new History(epochs));
            folder.checkpoint("last." + learner.checkpointSuffix(), learner::save);
            if (loss < best) {
                best = loss;
                folder.checkpoint("best." + learner.checkpointSuffix(), learner::save);
            }
            listener.epoch(epoch, settings.epochs());
        }
        return new History(epochs);
    }
}
