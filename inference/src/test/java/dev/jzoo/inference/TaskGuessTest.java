package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.zoo.card.Task;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests with the tasks of make_models.py. */
class TaskGuessTest {

    @ParameterizedTest
    @CsvSource({
        "quadrants.onnx, IMAGE_CLASSIFICATION",
        "line.onnx, TIME_SERIES_FORECASTING",
        "counter.onnx, TEXT_GENERATION",
        "signals.onnx, TABULAR_CLASSIFICATION",
        "prices.onnx, TABULAR_REGRESSION"
    })
    void aCardSaysIt(String file, Task task) throws Exception {
        try (OnnxModel model = Fixtures.model(file)) {
            assertEquals(task, model.card().orElseThrow().task());
            assertEquals(task, TaskGuess.of(model));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "quadrants-without-labels.onnx, IMAGE_CLASSIFICATION",
        "line-without-card.onnx, TABULAR_REGRESSION",
        "identity-float.onnx, OTHER",
        "identity-int64.onnx, OTHER",
        "gather.onnx, OTHER",
        "add.onnx, OTHER",
        "scalar.onnx, OTHER"
    })
    void withoutACardInputsAndOutputsSayIt(String file, Task task) throws Exception {
        try (OnnxModel model = Fixtures.model(file)) {
            assertEquals(true, model.card().isEmpty());
            assertEquals(task, TaskGuess.of(model));
        }
    }
}
