package dev.jzoo.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** A store in memory that keeps only the weights of the best epoch, if they become the model. */
final class BestWeights implements EpochStore {

    private final Selection selection;
    private byte[] best = new byte[0];

    BestWeights(Selection selection) {
        this.selection = selection;
    }

    @Override
    public List<Epoch> resume(Learner learner) {
        return List.of();
    }

    @Override
    public void keepBest(Learner learner) throws IOException {
        if (selection.keep() == Selection.Keep.BEST) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            learner.saveWeights(out);
            best = out.toByteArray();
        }
    }

    @Override
    public void keepLast(Learner learner, List<Epoch> epochs) {}

    @Override
    public void restoreBest(Learner learner) throws IOException {
        learner.loadWeights(new ByteArrayInputStream(best));
    }

    @Override
    public void keepModel(Learner learner) {}
}
