package dev.jzoo.training.recipe;

import dev.jzoo.training.Engine;
import dev.jzoo.training.Overrides;
import dev.jzoo.training.Overrides.Overridable;
import dev.jzoo.training.Plan;
import dev.jzoo.training.UnsupportedSettingException;

/**
 * Overrides that replace the settings of a recipe.
 *
 * @param recipe name of the recipe, for messages
 */
record AppliedOverrides(String recipe, Overrides overrides) {

    TrainingTask to(TrainingTask task) {
        if (overrides.augmentation().isEmpty()) {
            return task;
        }
        return task.withAugmentation(overrides.augmentation().get())
                .orElseThrow(() -> without(Overridable.AUGMENTATION, "pictures to change at random"));
    }

    NetworkDesign to(NetworkDesign network) {
        NetworkDesign result = network;
        if (overrides.dropout().isPresent()) {
            result = result.withDropout(overrides.dropout().getAsDouble())
                    .orElseThrow(() -> without(Overridable.DROPOUT, "dropout"));
        }
        if (overrides.initialisation().isPresent()) {
            result = result.withInitialisation(overrides.initialisation().get())
                    .orElseThrow(() -> without(Overridable.INITIALISATION, "initial weights other than its own"));
        }
        return result;
    }

    /**
     * Applies the overrides to a plan. Checks the optimiser against the engine too, unless it is the recipe's own: each
     * engine has that in its own form.
     */
    Plan to(Plan plan, Engine engine) {
        Plan replaced = overrides.over(plan);
        if (overrides.value(Overridable.OPTIMIZER).isPresent()) {
            engine.requireSupport(replaced.optimizer());
        }
        return replaced;
    }

    private UnsupportedSettingException without(Overridable setting, String what) {
        return new UnsupportedSettingException("The recipe " + recipe + " has no " + what + ". Omit " + setting.option()
                + ", or choose another recipe.");
    }
}
