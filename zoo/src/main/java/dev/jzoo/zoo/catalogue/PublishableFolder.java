package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.FileKind;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model's folder with all files that publishing requires.
 *
 * @param files the paths of its files in the folder, joined by '/', sorted
 */
public record PublishableFolder(Path folder, ModelCard card, List<String> files) {

    public static final String MODEL = "model.onnx";
    public static final String README = "README.md";
    static final String RECIPE = "recipe.json";

    private static final List<String> REQUIRED =
            List.of(MODEL, README, RECIPE, "metrics.json", "test_data_set_0/input_0.pb", "test_data_set_0/output_0.pb");

    public static PublishableFolder read(Path folder) throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (Path file : filesBelow(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                faults.add(name + " is a link or not a regular file");
            } else if (Stream.of(name.split("/")).anyMatch(part -> part.startsWith("."))) {
                faults.add(name + " is hidden");
            } else {
                files.add(RelativePath.require(name));
            }
        }
        REQUIRED.stream().filter(name -> !files.contains(name)).forEach(name -> faults.add(name + " is missing"));
        refuse(folder, faults);
        ModelCard card = CardPage.read(folder.resolve(README));
        Sha256 recipe = Sha256.of(folder.resolve(RECIPE));
        if (!recipe.equals(card.recipe().sha256())) {
            faults.add(RECIPE + " has the SHA-256 " + recipe + ", but the card has "
                    + card.recipe().sha256());
        }
        byte[] head = FileKind.head(folder.resolve(MODEL));
        if (head.length == 0 || !FileKind.advice(head).isEmpty()) {
            faults.add(MODEL + " is not a model." + (head.length == 0 ? " It is empty." : FileKind.advice(head)));
        }
        refuse(folder, faults);
        return new PublishableFolder(folder, card, files.stream().sorted().toList());
    }

    private static void refuse(Path folder, List<String> faults) {
        if (!faults.isEmpty()) {
            throw new JZooException(
                    JZooException.Code.BAD_INPUT,
                    "'" + folder + "' cannot be published: " + String.join("; ", faults) + ".",
                    "Publish the folder 'model' of a run.");
        }
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no folder '" + folder + "'.", "Name a model's folder.");
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
