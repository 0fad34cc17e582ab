package dev.jzoo.training;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.file.AtomicFile;
import dev.jzoo.zoo.file.Json;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The checkpoints of a run. {@code last.zip} is one file, so that its parts always belong together:
 *
 * <pre>
 * history.json      the finished epochs
 * weights.*         in the engine's own format
 * optimizer         the state of the optimiser
 * </pre>
 *
 * <p>{@code best.*} holds the weights of the best epoch, {@code model.*} those at the end of the run, both in the
 * engine's own format.
 */
final class Checkpoints implements EpochStore {

    private static final String HISTORY = "history.json";
    private static final String OPTIMIZER = "optimizer";

    private final RunFolder run;
    private final Path folder;

    Checkpoints(RunFolder run) {
        this.run = run;
        folder = run.checkpoints();
    }

    @Override
    public List<Epoch> resume(Learner learner) throws IOException {
        AtomicFile.sweep(folder);
        Path file = folder.resolve("last.zip");
        if (!Files.exists(file)) {
            return List.of();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String text = new String(entry(zip, file, HISTORY).readAllBytes(), StandardCharsets.UTF_8);
            History history = Json.parse(file + ", " + HISTORY, text, History.class);
            learner.loadWeights(entry(zip, file, weights(learner)));
            learner.loadOptimizer(entry(zip, file, OPTIMIZER));
            return history.epochs();
        } catch (ZipException | EOFException e) {
            throw new DataFormatException(
                    file, "not a complete checkpoint: " + e.getMessage() + ". Delete it to start from scratch.");
        }
    }

    private static InputStream entry(ZipFile zip, Path file, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new DataFormatException(
                    file, "no entry " + name + "; expected: a checkpoint of this recipe and engine.");
        }
        return zip.getInputStream(entry);
    }

    /** Writes {@code history.csv} too. */
    @Override
    public void keepLast(Learner learner, List<Epoch> epochs) throws IOException {
        AtomicFile.write(folder.resolve("last.zip"), out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            // Compression hardly makes weights smaller.
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(HISTORY));
            zip.write(Json.pretty(new History(epochs)).getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(weights(learner)));
            learner.saveWeights(unclosed(zip));
            zip.putNextEntry(new ZipEntry(OPTIMIZER));
            learner.saveOptimizer(unclosed(zip));
            zip.finish();
        });
        run.writeHistory(new History(epochs));
    }

    /** Returns a stream that stays open when DL4J closes it. */
    private static OutputStream unclosed(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    @Override
    public void keepBest(Learner learner) throws IOException {
        AtomicFile.write(best(learner), learner::saveWeights);
    }

    @Override
    public void keepModel(Learner learner) throws IOException {
        AtomicFile.write(folder.resolve("model." + learner.suffix()), learner::saveWeights);
    }

    @Override
    public void restoreBest(Learner learner) throws IOException {
        try (InputStream in = Files.newInputStream(best(learner))) {
            learner.loadWeights(in);
        }
    }

    private Path best(Learner learner) {
        return folder.resolve("best." + learner.suffix());
    }

    private static String weights(Learner learner) {
        return "weights." + learner.suffix();
    }
}
