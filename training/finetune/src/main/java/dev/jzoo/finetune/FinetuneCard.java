package dev.jzoo.finetune;

import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.training.Recipes;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.Task;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.util.List;

/** What a fine-tuned model says of itself. */
final class FinetuneCard {

    /** SPDX's word for a licence of which nothing is said. */
    private static final String UNKNOWN = "NOASSERTION";

    private FinetuneCard() {}

    /**
     * The card of a model that no recipe made.
     *
     * @param digest of its recipe.json
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
                "Tells " + list(labels) + " apart",
                "Takes a picture of " + base.size() + " pixels and gives a probability for each of " + labels.size()
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
                        "It knows nothing but its classes: any picture is taken for one of them.",
                        "The licence and the training data of " + base.name() + " are part of it."));
    }

    private static String made(FinetuneRecipe recipe, BaseNetwork base) {
        String data = recipe.data().get(0).name();
        if (recipe.mode().equals("scratch")) {
            return "A network built as " + base.name() + " learnt from " + data + ", from random weights.";
        }
        return recipe.tuning().startsWith("all layers")
                ? "All layers of " + base.name() + " learnt on from " + data + ", behind them a new last one on '"
                        + base.tap().tensor() + "'."
                : "The layers of " + base.name() + " up to '" + base.tap().tensor()
                        + "' are as they were; a linear layer on their "
                        + recipe.base().dimension() + " features learnt from " + data + ".";
    }

    /** "ants and bees"; of many, the first and how many there are. */
    private static String list(List<String> labels) {
        if (labels.size() > 5) {
            return String.join(", ", labels.subList(0, 4)) + " and " + (labels.size() - 4) + " more";
        }
        return String.join(", ", labels.subList(0, labels.size() - 1)) + " and " + labels.get(labels.size() - 1);
    }
}
