package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.inference.Tensor;
import dev.jzoo.onnx.OnnxFile;
import dev.jzoo.report.CaptionedPicture;
import dev.jzoo.report.Report;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.ClassifierScores.Mistake;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The part of a page that looks into a network: weights of its first layer, and activations for a picture. */
final class NetworkPictures {

    private NetworkPictures() {}

    /** Adds the sections that apply to the network. */
    static void add(Report report, OnnxFile file, LabelledImages test, ClassifierScores scores) throws IOException {
        Optional<FirstLayer> first = FirstLayer.of(file.graph(), test);
        if (first.isPresent()) {
            report.section("Weights of the first layer").tiles(first.get().grid(test.labelNames()));
        }
        OptionalInt right = scores.firstRight();
        if (right.isPresent()) {
            int index = right.getAsInt();
            maps(report, "Activations for a picture", file, test, index, test.label(index), scores);
        }
        if (!scores.mistakes().isEmpty()) {
            Mistake mistake = scores.mistakes().get(0);
            String heading = "Activations for the most confident mistake";
            maps(report, heading, file, test, mistake.index(), mistake.predicted(), scores);
        }
    }

    private static void maps(
            Report report,
            String heading,
            OnnxFile file,
            LabelledImages test,
            int index,
            int predicted,
            ClassifierScores scores)
            throws IOException {
        Tensor pixels = Tensor.ofBytes(test.image(index), 1, test.height(), test.width(), test.channels());
        List<FeatureMaps> layers = FeatureMaps.of(file, pixels);
        if (!layers.isEmpty()) {
            CaptionedPicture picture = PictureRunReport.picture(test, index, predicted, scores.confidence(index));
            report.section(heading).pictures(List.of(picture));
            layers.forEach(layer -> report.tiles(layer.grid()));
        }
    }
}
