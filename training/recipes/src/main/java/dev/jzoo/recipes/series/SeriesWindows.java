package dev.jzoo.recipes.series;

import dev.jzoo.datasets.preparation.LookBack;
import dev.jzoo.export.SeriesInput;
import dev.jzoo.export.SeriesScale;
import dev.jzoo.training.Engine;
import dev.jzoo.training.examples.Examples;
import dev.jzoo.training.network.Network;

/**
 * The way the last values of a series are passed to a network: scaled, and cut into steps.
 *
 * @param network takes [values per step, steps]
 * @param lookBack number of values in a window
 */
record SeriesWindows(Network network, int lookBack, SeriesScale scale) {

    private int perStep() {
        return (int) network.input()[0];
    }

    private static boolean isTimeFirst(Engine engine) {
        return engine.sequenceLayout() == Engine.SequenceLayout.TIME_FIRST;
    }

    /**
     * Reads the first windows with the values after them: by step if the engine reads time first, otherwise by position
     * within the steps.
     */
    Examples examples(LookBack pairs, int count, Engine engine) {
        int perStep = perStep();
        int steps = lookBack / perStep;
        float[] inputs = new float[count * lookBack];
        float[] targets = new float[count];
        for (int pair = 0; pair < count; pair++) {
            double[] window = pairs.input(pair);
            for (int i = 0; i < lookBack; i++) {
                int place = isTimeFirst(engine) ? i : i % perStep * steps + i / perStep;
                inputs[pair * lookBack + place] = (float) scale.scale(window[i], window);
            }
            targets[pair] = (float) scale.scale(pairs.target(pair), window);
        }
        return Examples.numbers(inputs, targets, 1, engine.inputShape(network));
    }

    /** Returns nodes that do the same in a file. */
    SeriesInput stage(Engine engine) {
        SeriesInput.SeriesLayout layout =
                isTimeFirst(engine) ? SeriesInput.SeriesLayout.TIME_FIRST : SeriesInput.SeriesLayout.FEATURES_FIRST;
        return new SeriesInput(lookBack, perStep(), scale, layout);
    }
}
