package dev.jzoo.recipes.text;

import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.Tensor;
import dev.jzoo.report.Report;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.recipe.Measurement;
import dev.jzoo.training.recipe.RunPage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The error of a model on a text.
 *
 * @param metrics metrics of the file and of n-grams
 */
record LanguageMeasurement(RecipeTexts texts, SortedMap<String, Double> metrics) implements Measurement {

    static LanguageMeasurement of(OnnxModel model, RecipeTexts texts, CharacterNetwork network) {
        SortedMap<String, Double> metrics =
                NGrams.of(texts.trainIds(), network.characters()).nats(texts.testIds());
        metrics.put("train.nats", nats(model, network, texts.measuredTrainIds()));
        metrics.put("test.nats", nats(model, network, texts.testIds()));
        return new LanguageMeasurement(texts, metrics);
    }

    private static double nats(OnnxModel model, CharacterNetwork network, int[] text) {
        return TextNats.of(network.covering(text), network.characters(), part -> {
            Map<String, Tensor> inputs = new HashMap<>(network.states(part.size()));
            inputs.put("ids", ids(part));
            return model.run(inputs).get("probabilities").floats();
        });
    }

    private static Tensor ids(Examples part) {
        float[] inputs = new float[part.size() * part.inputSize()];
        part.read(IntStream.range(0, part.size()).toArray(), 0, part.size(), 0, inputs, new float[inputs.length]);
        long[] ids = new long[inputs.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (long) inputs[i];
        }
        return Tensor.ofLongs(ids, part.size(), part.inputSize());
    }

    @Override
    public void page(Report report, RunPage page) throws IOException {
        LanguageReport.add(report, page, texts, TextSamples.byEpoch(page.run()));
    }
}
