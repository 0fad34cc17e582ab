package dev.jzoo.recipes.pictures;

import dev.jzoo.datasets.LabelledImages;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.report.Report;
import dev.jzoo.training.ClassifierScores;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.RunPage;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of a model on pictures.
 *
 * @param scores the scores by the name of the part
 * @param test the test pictures
 */
record PictureMeasurement(SortedMap<String, ClassifierScores> scores, LabelledImages test) implements Measurement {

    static PictureMeasurement of(OnnxModel model, RecipePictures pictures) throws IOException {
        SortedMap<String, ClassifierScores> scores = new TreeMap<>();
        scores.put("train", ClassifierScores.of(model, pictures.train()));
        for (Map.Entry<String, LabelledImages> part : pictures.measured().entrySet()) {
            scores.put(part.getKey(), ClassifierScores.of(model, part.getValue()));
        }
        return new PictureMeasurement(scores, pictures.test());
    }

    @Override
    public SortedMap<String, Double> metrics() {
        SortedMap<String, Double> metrics = new TreeMap<>();
        scores.forEach((name, score) -> metrics.put(name + ".accuracy", score.accuracy()));
        return metrics;
    }

    @Override
    public void page(Report report, RunPage page) throws IOException {
        PictureRunReport.add(report, page, scores.get("test"), test);
    }
}
