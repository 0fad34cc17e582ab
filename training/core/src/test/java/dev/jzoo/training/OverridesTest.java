package dev.jzoo.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.training.Overrides.Overridable;
import dev.jzoo.training.network.Initialisation;
import dev.jzoo.zoo.file.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverridesTest {

    private static final Hyperparameters SETTINGS = new Hyperparameters(5, 8, 0.1, 3);

    private static Plan plan(Optimizer optimizer) {
        return Plan.of(Objective.crossEntropy(), optimizer, SETTINGS).withSchedule(Schedule.oneCycle());
    }

    private static Overrides of(Overridable setting, String value) {
        return Overrides.none().with(setting, value);
    }

    /** The first line is what version 0.1.0 wrote. */
    @Test
    void settingsWithoutOverridesAreWrittenAsBeforeThereWereAny() throws IOException {
        String json = "{\"epochs\":5,\"batch\":8,\"learningRate\":0.1,\"seed\":3,\"limit\":0}";
        assertEquals(json, Json.compact(SETTINGS));
        assertEquals(SETTINGS, Json.parse("recipe.json", json, Hyperparameters.class));
    }

    @Test
    void overridesAreWrittenAndReadByTheirNames() throws IOException {
        Hyperparameters settings =
                SETTINGS.withOverrides(of(Overridable.SCHEDULE, "cosine").with(Overridable.WEIGHT_DECAY, "1e-3"));
        String json = "{\"epochs\":5,\"batch\":8,\"learningRate\":0.1,\"seed\":3,\"limit\":0,"
                + "\"overrides\":{\"schedule\":\"cosine\",\"weight-decay\":\"0.001\"}}";
        assertEquals(json, Json.compact(settings));
        assertEquals(settings, Json.parse("recipe.json", json, Hyperparameters.class));
        assertEquals(
                settings.withEpochs(6).overrides(),
                settings.withSeed(9)
                        .withBatch(2)
                        .withLearningRate(1)
                        .withLimit(4)
                        .overrides());
        assertThrows(
                IOException.class,
                () -> Json.parse("recipe.json", json.replace("schedule", "colour"), Hyperparameters.class));
        assertThrows(
                IOException.class,
                () -> Json.parse("recipe.json", json.replace("cosine", "sine"), Hyperparameters.class));
    }

    @Test
    void overridesAreOptionsBehindTheOthers() {
        Hyperparameters settings = SETTINGS.withEpochs(6)
                .withOverrides(of(Overridable.AUGMENTATION, "crop:2,flip")
                        .with(Overridable.OPTIMIZER, "momentum")
                        .with(Overridable.DROPOUT, "0.50"));
        assertEquals(
                List.of("--epochs 6", "--seed 3", "--optimizer momentum", "--dropout 0.5", "--augment crop:2,flip"),
                settings.options(SETTINGS));
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIMIZER, adagrad, sgd",
        "SCHEDULE, linear, one-cycle",
        "WEIGHT_DECAY, -1, 0 or more",
        "WEIGHT_DECAY, NaN, 0 or more",
        "WEIGHT_DECAY, much, 0 or more",
        "DROPOUT, 1, below 1",
        "INITIALISATION, zeros, glorot",
        "AUGMENTATION, shear, crop"
    })
    void whatThereIsNotIsRefusedNamingWhatThereIs(Overridable setting, String value, String named) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> of(setting, value));
        assertTrue(e.getMessage().contains("'" + value + "'") && e.getMessage().contains(named), e.getMessage());
    }

    @Test
    void theOptimiserKeepsTheWeightDecayOfTheRecipe() {
        Plan decayed = plan(Optimizer.momentum(0.8, 5e-4));
        assertEquals(
                new Optimizer.Sgd(0, 5e-4),
                of(Overridable.OPTIMIZER, "sgd").over(decayed).optimizer());
        assertEquals(
                new Optimizer.Nesterov(0.9, 5e-4),
                of(Overridable.OPTIMIZER, "nesterov").over(decayed).optimizer());
        assertEquals(
                Optimizer.adam(),
                of(Overridable.OPTIMIZER, "adam").over(decayed).optimizer());
        assertEquals(
                Optimizer.adamW(5e-4),
                of(Overridable.OPTIMIZER, "adamw").over(decayed).optimizer());
        assertEquals(
                Optimizer.adamW(0.01),
                of(Overridable.OPTIMIZER, "adamw").over(plan(Optimizer.sgd())).optimizer());
        Overrides both = of(Overridable.OPTIMIZER, "momentum").with(Overridable.WEIGHT_DECAY, "0");
        assertEquals(new Optimizer.Sgd(0.9, 0), both.over(decayed).optimizer());
        assertEquals(
                new Optimizer.Sgd(0.8, 0.1),
                of(Overridable.WEIGHT_DECAY, "0.1").over(decayed).optimizer());
    }

    @Test
    void aScheduleReplacesTheRecipesOwn() {
        Plan cosine = of(Overridable.SCHEDULE, "cosine").over(plan(Optimizer.sgd()));
        assertEquals(0.5, cosine.schedule().factor(0.5), 1e-12);
        Schedule warmUp = Schedule.named("warm-up");
        assertEquals(0.5, warmUp.factor(0.05), 1e-12);
        assertEquals(1, warmUp.factor(0.7), 0);
        assertEquals(0.01, Schedule.named("steps").factor(0.8), 1e-12);
        assertEquals(0.1, Schedule.named("exponential").factor(0.5), 1e-12);
        assertEquals(1, Schedule.named("constant").factor(0.9), 0);
        assertEquals(0.5, Schedule.named("warm-up-cosine").factor(0.55), 1e-12);
        assertEquals(0.04, Schedule.named("one-cycle").factor(0), 1e-12);
    }

    @Test
    void nothingIsReplacedUnlessAsked() {
        Plan plan = plan(Optimizer.adam());
        assertEquals(plan, Overrides.none().over(plan));
        assertTrue(Overrides.none().isEmpty());
        assertFalse(of(Overridable.DROPOUT, "0").isEmpty());
        assertEquals(OptionalDouble.empty(), Overrides.none().dropout());
        assertEquals(OptionalDouble.of(0), of(Overridable.DROPOUT, "0").dropout());
        assertEquals(Optional.empty(), Overrides.none().initialisation());
        assertEquals(
                Optional.of(Initialisation.HE_NORMAL),
                of(Overridable.INITIALISATION, "he").initialisation());
        assertEquals(
                "crop with a border of 2 pixels, flip left to right",
                of(Overridable.AUGMENTATION, "crop:2,flip")
                        .augmentation()
                        .orElseThrow()
                        .toString());
    }
}
