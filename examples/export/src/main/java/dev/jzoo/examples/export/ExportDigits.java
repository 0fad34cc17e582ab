package dev.jzoo.examples.export;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.datasets.catalogue.ProceduralDigits;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.export.PixelInput;
import dev.jzoo.export.PixelInput.PixelLayout;
import dev.jzoo.inference.Device;
import dev.jzoo.inference.pictures.ImageClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that exports a DJL network and a Deeplearning4j network to ONNX and classifies a picture with both files. ONNX
 * Runtime runs them; neither framework is needed any more.
 */
public final class ExportDigits {

    private ExportDigits() {}

    /** Runs the program with two arguments: a picture and the folder for the files. */
    public static void main(String[] args) throws Exception {
        Path picture = Path.of(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        LabelledImages digits = ProceduralDigits.generate(2_000, 1);

        DjlDigits.export(digits, folder.resolve("djl.onnx"));
        Dl4jDigits.export(digits, folder.resolve("dl4j.onnx"));

        for (String file : List.of("djl.onnx", "dl4j.onnx")) {
            try (ImageClassifier classifier = ImageClassifier.open(folder.resolve(file), Device.cpu())) {
                System.out.println(file + ": " + classifier.classify(picture).best());
            }
        }
    }

    /** Writes a file that takes the bytes of a picture. The scaling of {@link #inputs} becomes part of its graph. */
    static void write(OnnxExporter exporter, Path file) throws IOException {
        exporter.before(PixelInput.unit(28, 28, 1, PixelLayout.FLAT)).write(file);
    }

    /** Returns the pixels in the form that the networks train on: 0 to 1, [picture, pixel]. */
    static float[][] inputs(LabelledImages digits) {
        float[][] inputs = new float[digits.size()][digits.valuesPerImage()];
        for (int i = 0; i < inputs.length; i++) {
            byte[] pixels = digits.image(i);
            for (int k = 0; k < pixels.length; k++) {
                inputs[i][k] = (pixels[k] & 0xFF) / 255f;
            }
        }
        return inputs;
    }
}
