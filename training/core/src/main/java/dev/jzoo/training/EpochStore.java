package dev.jzoo.training;

import java.io.IOException;
import java.util.List;

/** The place where a {@link TrainingLoop} keeps what later epochs depend on. */
interface EpochStore {

    /** Brings a learner to where the last epoch was kept. Returns the epochs that are done; none where nothing was kept. */
    List<Epoch> resume(Learner learner) throws IOException;

    /** Keeps the weights of the best epoch so far. */
    void keepBest(Learner learner) throws IOException;

    /** Keeps all that the next epoch depends on. */
    void keepLast(Learner learner, List<Epoch> epochs) throws IOException;

    /** Gives a learner the weights of the best epoch. */
    void restoreBest(Learner learner) throws IOException;

    /** Keeps the weights that the run ends with. */
    void keepModel(Learner learner) throws IOException;
}
