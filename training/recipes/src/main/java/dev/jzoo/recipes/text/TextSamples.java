package dev.jzoo.recipes.text;

import dev.jzoo.datasets.preparation.CharacterVocabulary;
import dev.jzoo.inference.text.Sampler;
import dev.jzoo.inference.text.Sampling;
import dev.jzoo.training.Epoch;
import dev.jzoo.training.Learner;
import dev.jzoo.training.TrainingListener;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A listener that lets a network generate text after epochs 1, 2, 4, 8, ... and the last one, in its own engine. The
 * samples are kept in the run's folder, {@code samples/epoch-<n>.txt}, so that a resumed run still has them.
 */
final class TextSamples implements TrainingListener {

    private static final int LENGTH = 200;

    private final TrainingRun run;
    private final Learner learner;
    private final CharacterVocabulary vocabulary;
    private final int window;

    TextSamples(TrainingRun run, Learner learner, CharacterVocabulary vocabulary, int window) {
        this.run = run;
        this.learner = learner;
        this.vocabulary = vocabulary;
        this.window = window;
    }

    @Override
    public void step(int epoch, int epochs, long done, long total) {
        run.listener().step(epoch, epochs, done, total);
    }

    @Override
    public void stage(String what) {
        run.listener().stage(what);
    }

    @Override
    public ProgressListener downloads() {
        return run.listener().downloads();
    }

    @Override
    public void epoch(Epoch epoch, int epochs) {
        int count = epoch.number();
        if (count == epochs || Integer.bitCount(count) == 1) {
            try {
                AtomicFile.write(file(run, count), sample());
            } catch (IOException e) {
                throw new UncheckedIOException("The text sample of epoch " + count + " could not be written.", e);
            }
        }
        run.listener().epoch(epoch, epochs);
    }

    private static Path file(TrainingRun run, int epochs) {
        return run.folder().path().resolve("samples").resolve("epoch-" + epochs + ".txt");
    }

    /** Generates a sample. The network looks back one training window. */
    private String sample() {
        int characters = vocabulary.size();
        Sampler sampler = Sampling.standard().begin();
        int[] text = new int[LENGTH + 1];
        for (int written = 1; written <= LENGTH; written++) {
            int from = Math.max(0, written - window);
            int[] read = Arrays.copyOf(Arrays.copyOfRange(text, from, written), window + 1);
            float[] outputs = learner.predict(TextExamples.covering(read, window, window));
            int last = (written - from - 1) * characters;
            text[written] = sampler.choose(LanguageModel.probabilities(
                    run.engine(), Arrays.copyOfRange(outputs, last, last + characters), characters));
        }
        return vocabulary.decode(Arrays.copyOfRange(text, 1, text.length));
    }

    /** Returns the samples of a run by number of epochs. */
    static SortedMap<Integer, String> byEpoch(TrainingRun run) throws IOException {
        SortedMap<Integer, String> samples = new TreeMap<>();
        int epochs = run.hyperparameters().epochs();
        for (int count = 1; count <= epochs; count++) {
            if (Files.exists(file(run, count))) {
                samples.put(count, Files.readString(file(run, count)));
            }
        }
        return samples;
    }
}
