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
 * A network that reads characters by their numbers, [batch, time], and predicts the next character at each position
 * from those before it. {@code toString} describes it for people.
 */
interface CharacterNetwork extends NetworkDesign {

    /** Returns the number of different characters. */
    int characters();

    /** Returns the number of characters in an example. */
    int window();

    /** Returns the order in which an engine trains on windows. */
    Examples.Order order(Engine engine);

    /** Returns windows of a text to train on, in the form that suits the network and the engine. */
    TextExamples examples(TrainingRun run, int[] text);

    /** Returns windows that cover a text, to measure on. */
    TextExamples covering(int[] text);

    /**
     * Returns an exporter of the engine's network, from {@code ids} to {@code probabilities}, and from states to states
     * if it has any.
     */
    OnnxExporter exporter(Engine engine, Object network);

    /** Returns the file's inputs other than {@code ids}, for the beginning of a text. */
    Map<String, Tensor> states(int batch);
}
