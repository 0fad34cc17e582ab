package dev.jzoo.examples.batch;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.Label;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.inference.pictures.ImageClassifier;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A program that scores every file of a folder and writes a CSV file: picture, label, score, and the reason if a file
 * cannot be read.
 */
public final class Score {

    private Score() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("Expected a folder of pictures and the CSV file to write.");
            System.exit(2);
        }
        score(Path.of(args[0]), Path.of(args[1]), Runtime.getRuntime().availableProcessors());
    }

    static void score(Path folder, Path csv, int threads) throws IOException, InterruptedException, ExecutionException {
        List<Path> pictures;
        try (Stream<Path> files = Files.walk(folder)) {
            pictures = files.filter(Files::isRegularFile).sorted().toList();
        }
        Path file = Zoo.standard().pull("mnist-lenet", ProgressListener.NONE).model();
        // the threads share the pictures, so one thread per operator is enough
        SessionSettings alone = SessionSettings.standard().withThreads(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        // all threads share one model, which they may call at the same time
        try (ImageClassifier digits = ImageClassifier.of(OnnxModel.open(file, Device.cpu(), alone));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
            List<Future<String>> rows = pictures.stream()
                    .map(picture -> pool.submit(() -> row(digits, picture)))
                    .toList();
            out.println("picture,label,score,error");
            for (Future<String> row : rows) {
                out.println(row.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static String row(ImageClassifier digits, Path picture) throws IOException {
        try {
            Label best = digits.classify(picture).best();
            return String.join(",", quoted(picture), quoted(best.name()), Float.toString(best.score()), "");
        } catch (DataFormatException e) {
            return String.join(",", quoted(picture), "", "", quoted(e.getMessage()));
        }
    }

    private static String quoted(Object value) {
        return '"' + value.toString().replace("\"", "\"\"") + '"';
    }
}
