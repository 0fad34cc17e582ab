package dev.jzoo.recipes.text;

import dev.jzoo.export.OnnxExporter;
import dev.jzoo.inference.Tensor;
import dev.jzoo.training.Engine;
import dev.jzoo.training.TrainingRun;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.examples.TextExamples;
import dev.jzoo.training.recipe.NetworkDesign;
import java.util.Map;

/**
 * A network that reads characters by their numbers, [batch, time], and says behind each which one comes next, by what it has
 * read before. {@code toString} describes it for people.
 */
interface CharacterNetwork extends NetworkDesign {

    /** Number of different characters. */
    int characters();

    /** Characters of an example. */
    int window();

    /** In which order an engine learns from windows. */
    Examples.Order order(Engine engine);

    /** Windows of a text to learn from, as they suit the network and the engine. */
    TextExamples examples(TrainingRun run, int[] text);

    /** Windows that cover a text, to measure on. */
    TextExamples covering(int[] text);

    /** The engine's network, about to be exported: {@code ids} in, {@code probabilities} out, and states if it has some. */
    OnnxExporter exporter(Engine engine, Object network);

    /** What the file takes beside {@code ids}, for texts that begin. */
    Map<String, Tensor> states(int batch);
}
