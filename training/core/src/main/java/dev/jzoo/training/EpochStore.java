package dev.jzoo.training;

import java.io.IOException;
import java.util.List;

/** A store in which a {@link TrainingLoop} keeps everything that later epochs depend on. */
interface EpochStore {

    /** Restores a learner to the last epoch that was kept. Returns the finished epochs; empty if none was kept. */
    List<Epoch> resume(Learner learner) throws IOException;

    /** Keeps the weights of the best epoch so far. */
    void keepBest(Learner learner) throws IOException;

    /** Keeps everything that the next epoch depends on. */
    void keepLast(Learner learner, List<Epoch> epochs) throws IOException;

    /** Loads the weights of the best epoch into a learner. */
    void restoreBest(Learner learner) throws IOException;

    /** Keeps the weights at the end of the run. */
    void keepModel(Learner learner) throws IOException;
}
