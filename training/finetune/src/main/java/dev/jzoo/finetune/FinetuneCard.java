package dev.jzoo.finetune;

import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.training.Recipes;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;

/** The model card of a fine-tuned model. */
final class FinetuneCard {

    /** The SPDX value for an unknown licence. */
    private static final String UNKNOWN = "NOASSERTION";

    private FinetuneCard() {}

    /**
     * Returns the card of a model that was made without a recipe.
     *
     * @param digest digest of its recipe.json
     */
    static ModelCard of(FinetuneOutcome made, Sha256 digest) throws IOException {
        BaseNetwork base = made.base();
        FinetuneRecipe recipe = made.recipe();
        List<String> labels = made.split().train().labels();
        String licence = CardMetadata.read(base.name(), base.file().metadata())
                .map(ModelCard::licence)
                .orElse(UNKNOWN);
        return new ModelCard(
                made.settings().name(),
                "1.0.0",
                "Classifier of " + list(labels),
                "Takes a picture of " + base.size() + " pixels and returns a probability for each of " + labels.size()
                        + " classes: " + list(labels) + ". " + made(recipe, base),
                Task.IMAGE_CLASSIFICATION,
                labels,
                List.of(),
                new ModelCard.CardRecipe(
                        Recipes.FINETUNE, "jzoo", made.settings().command(), digest),
                recipe.data().stream()
                        .map(data -> new ModelCard.Data(data.name(), data.sha256(), data.note()))
                        .toList(),
                made.metrics(),
                licence,
                List.of("image-classification", "transfer-learning"),
                List.of(
                        "It knows only its own classes and assigns one of them to any picture.",
                        "The licence and the training data of " + base.name() + " apply to it as well."));
    }

    private static String made(FinetuneRecipe recipe, BaseNetwork base) {
        String data = recipe.data().get(0).name();
        if (recipe.mode().equals("scratch")) {
            return "A network with the architecture of " + base.name() + ", trained on " + data
                    + " from random weights.";
        }
        return recipe.tuning().startsWith("all layers")
                ? "All layers of " + base.name() + " were fine-tuned on " + data + ", with a new last layer on '"
                        + base.tap().tensor() + "'."
                : "The layers of " + base.name() + " up to '" + base.tap().tensor()
                        + "' are unchanged; a linear layer on their "
                        + recipe.base().dimension() + " features was trained on " + data + ".";
    }

    /** Lists labels: "ants and bees". If there are more than five, lists the first four and counts the others. */
    private static String list(List<String> labels) {
        if (labels.size() > 5) {
            return String.join(", ", labels.subList(0, 4)) + " and " + (labels.size() - 4) + " more";
        }
        return String.join(", ", labels.subList(0, labels.size() - 1)) + " and " + labels.get(labels.size() - 1);
    }
}
