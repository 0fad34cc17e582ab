package dev.jzoo.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.jzoo.datasets.preparation.Augmentation;
import dev.jzoo.training.network.Initialisation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Settings that replace those of a recipe, with the values of {@code jzoo train}'s options. Immutable.
 *
 * <pre>{@code
 * recipe.defaults().withOverrides(Overrides.none()
 *         .with(Overridable.OPTIMIZER, "momentum")
 *         .with(Overridable.SCHEDULE, "cosine"))
 * }</pre>
 */
public final class Overrides {

    /** A setting that can be overridden. */
    public enum Overridable {
        /** See {@link Optimizer#named}. The recipe's weight decay stays, except for adam, which has none. */
        OPTIMIZER("optimizer", value -> checked(value, Optimizer.named(value, 0))),
        /** See {@link Schedule#named}. */
        SCHEDULE("schedule", value -> checked(value, Schedule.named(value))),
        /** See {@link Optimizer#weightDecay}. */
        WEIGHT_DECAY("weight-decay", value -> number("Weight decay", value, Double.MAX_VALUE)),
        /** Share of values that each dropout of the network sets to 0: 0 or more and below 1. */
        DROPOUT("dropout", value -> number("Dropout", value, Math.nextDown(1.0))),
        /** See {@link Initialisation#named}. */
        INITIALISATION("init", value -> checked(value, Initialisation.named(value))),
        /** See {@link Augmentation#parse}. */
        AUGMENTATION("augment", value -> checked(value, Augmentation.parse(value)));

        private final String title;
        private final UnaryOperator<String> check;

        Overridable(String title, UnaryOperator<String> check) {
            this.title = title;
            this.check = check;
        }

        /** Returns its option on the command line: "--weight-decay". */
        public String option() {
            return "--" + title;
        }

        private static String checked(String value, Object unusedMeaning) {
            return value;
        }

        private static String number(String what, String value, double largest) {
            try {
                double number = Double.parseDouble(value);
                if (number >= 0 && number <= largest) {
                    return Double.toString(number);
                }
            } catch (NumberFormatException e) {
                // rejected below, like a number outside of the range
            }
            throw new IllegalArgumentException(what + " must be a number of 0 or more"
                    + (largest < 1 ? " and below 1" : "") + ", not '" + value + "'.");
        }

        private static Overridable of(String title) {
            return Arrays.stream(values())
                    .filter(setting -> setting.title.equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("The setting '" + title + "' cannot be overridden; "
                            + Arrays.stream(values())
                                    .map(setting -> setting.title)
                                    .collect(Collectors.joining(", "))
                            + " can."));
        }
    }

    private static final Overrides NONE = new Overrides();

    private final SortedMap<Overridable, String> values;

    /** Creates no overrides. Jackson calls it if a file has none. */
    private Overrides() {
        values = Collections.emptySortedMap();
    }

    private Overrides(SortedMap<Overridable, String> values) {
        this.values = values;
    }

    /** Returns no overrides: all settings are the recipe's. */
    public static Overrides none() {
        return NONE;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Overrides read(Map<String, String> json) {
        Overrides overrides = NONE;
        for (Map.Entry<String, String> entry : json.entrySet()) {
            overrides = overrides.with(Overridable.of(entry.getKey()), entry.getValue());
        }
        return overrides;
    }

    @JsonValue
    Map<String, String> write() {
        SortedMap<String, String> json = new TreeMap<>();
        values.forEach((setting, value) -> json.put(setting.title, value));
        return json;
    }

    /**
     * Returns the same overrides with one more setting.
     *
     * @param value the value of the setting's option
     * @throws IllegalArgumentException naming the allowed values
     */
    public Overrides with(Overridable setting, String value) {
        SortedMap<Overridable, String> more = new TreeMap<>(values);
        more.put(setting, setting.check.apply(value));
        return new Overrides(more);
    }

    /** Returns the value of a setting; empty if it is not overridden. */
    public Optional<String> value(Overridable setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Returns whether nothing is overridden. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Returns a plan with optimiser, schedule and weight decay replaced. */
    public Plan over(Plan plan) {
        Plan replaced = plan;
        if (values.containsKey(Overridable.OPTIMIZER)) {
            replaced = replaced.withOptimizer(Optimizer.named(
                    values.get(Overridable.OPTIMIZER), plan.optimizer().weightDecay()));
        }
        if (values.containsKey(Overridable.SCHEDULE)) {
            replaced = replaced.withSchedule(Schedule.named(values.get(Overridable.SCHEDULE)));
        }
        if (values.containsKey(Overridable.WEIGHT_DECAY)) {
            double decay = Double.parseDouble(values.get(Overridable.WEIGHT_DECAY));
            replaced = replaced.withOptimizer(replaced.optimizer().withWeightDecay(decay));
        }
        return replaced;
    }

    /** Returns the share of values that each dropout sets to 0. */
    public OptionalDouble dropout() {
        String value = values.get(Overridable.DROPOUT);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(value));
    }

    /** Returns the initialisation of the weights. */
    public Optional<Initialisation> initialisation() {
        return value(Overridable.INITIALISATION).map(Initialisation::named);
    }

    /** Returns the changes to training pictures. */
    public Optional<Augmentation> augmentation() {
        return value(Overridable.AUGMENTATION).map(Augmentation::parse);
    }

    /** Returns the options of {@code jzoo train} for these overrides. */
    List<String> options() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().option() + " " + entry.getValue())
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Overrides that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Returns the options: "--optimizer momentum --schedule cosine". */
    @Override
    public String toString() {
        return String.join(" ", options());
    }
}
