package dev.jzoo.finetune;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** One fine-tuning in a folder of its own, and what the user heard. */
final class FinetuneCase {

    /** Twenty crosses and rings. */
    static final Path SHAPES = Path.of("../../docs/pictures/shapes");

    private static final Path FILES = Path.of("src/test/resources/cases/onnx");

    final List<String> notes = new ArrayList<>();
    private final Path folder;
    private final Path base;
    private Path data = SHAPES;
    private Mode mode = new Mode.HeadOnly();
    private Optional<String> features = Optional.empty();
    private Optional<Normalization> normalization = Optional.of(Normalization.BYTES);

    private FinetuneCase(Path folder, Path base) {
        this.folder = folder;
        this.base = base;
    }

    static FinetuneCase of(Path folder, String file) {
        return new FinetuneCase(folder, FILES.resolve(file));
    }

    static FinetuneCase of(Path folder, OnnxFile file) throws IOException {
        Path base = folder.resolve("base.onnx");
        file.write(base);
        return new FinetuneCase(folder, base);
    }

    FinetuneCase data(Path pictures) {
        data = pictures;
        return this;
    }

    FinetuneCase full(int epochs, double rate) {
        mode = new Mode.Full(Mode.Start.BASE, epochs, 8, rate);
        return this;
    }

    FinetuneCase features(String tensor) {
        features = Optional.of(tensor);
        return this;
    }

    FinetuneCase findingPixels() {
        normalization = Optional.empty();
        return this;
    }

    TrainingResult run() throws IOException {
        FinetuneSettings settings = new FinetuneSettings(
                "tried",
                base,
                base.getFileName().toString(),
                PictureFolder.read(data),
                mode,
                features,
                OptionalInt.empty(),
                normalization,
                1,
                1,
                "jzoo finetune");
        return Finetune.run(settings, folder.resolve("run"), folder.resolve("cache"), new TransferListener() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }

            @Override
            public void stage(String what) {
                notes.add(what);
            }
        });
    }

    boolean heard(String words) {
        return notes.stream().anyMatch(note -> note.contains(words));
    }

    /**
     * How far the probabilities of a picture alone are from those in a call of three, by a finished classifier, at most; 0 too where
     * it takes one picture at a time.
     */
    static double disturbance(TrainingResult result, int side) throws IOException {
        try (OnnxModel model = OnnxModel.open(result.model().resolve("model.onnx"), Device.cpu())) {
            int bytes = side * side * 3;
            byte[] three = new byte[3 * bytes];
            new Random(5).nextBytes(three);
            Arrays.fill(three, bytes, 2 * bytes, (byte) 255);
            if (model.inputs().get(0).shape().get(0).fixedSize().isPresent()) {
                return 0;
            }
            double largest = 0;
            double[] together = scores(model, three, 3, side);
            for (int i = 0; i < 3; i++) {
                double[] alone = scores(model, Arrays.copyOfRange(three, i * bytes, (i + 1) * bytes), 1, side);
                for (int c = 0; c < alone.length; c++) {
                    largest = Math.max(largest, Math.abs(alone[c] - together[i * alone.length + c]));
                }
            }
            return largest;
        }
    }

    private static double[] scores(OnnxModel model, byte[] pixels, int count, int side) {
        String input = model.inputs().get(0).name();
        return model.run(Map.of(input, Tensor.ofBytes(pixels, count, side, side, 3)))
                .get("probabilities")
                .numbers();
    }
}
