package dev.jzoo.finetune.pictures;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.datasets.pictures.PictureFolder.Subset;
import dev.jzoo.inference.pictures.PictureFacts;
import dev.jzoo.inference.pictures.PictureReader;
import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A picture of a folder, decoded completely.
 *
 * @param content digest of its file; empty if the file cannot be read
 * @param facts facts about the picture; empty if it cannot be decoded
 * @param problem the reason why it cannot be decoded; otherwise empty
 */
record ExaminedPicture(Subset part, Item item, Optional<Sha256> content, Optional<PictureFacts> facts, String problem) {

    private static final int SMALLEST = 16;
    private static final int THINNEST = 10;

    private static final Map<String, Set<String>> ENDINGS = Map.of(
            "JPEG", Set.of("jpg", "jpeg", "jpe", "jfif"),
            "PNG", Set.of("png"),
            "GIF", Set.of("gif"),
            "BMP", Set.of("bmp"),
            "TIF", Set.of("tif", "tiff"),
            "WEBP", Set.of("webp"));

    static ExaminedPicture of(Subset part, Item item) {
        Optional<Sha256> content = Optional.empty();
        try {
            content = Optional.of(Sha256.of(item.file()));
            return new ExaminedPicture(part, item, content, Optional.of(PictureReader.examine(item.file())), "");
        } catch (IOException | JZooException e) {
            if (e instanceof JZooException failure && failure.code() == JZooException.Code.FAILED) {
                throw failure; // an interrupt, which says nothing about the picture
            }
            return new ExaminedPicture(part, item, content, Optional.empty(), problem(item.file(), e));
        }
    }

    /** Returns whether it is very small, or very long and thin. */
    boolean isOdd() {
        return facts.filter(picture -> {
                    int shorter = Math.min(picture.height(), picture.width());
                    int longer = Math.max(picture.height(), picture.width());
                    return shorter < SMALLEST || longer > THINNEST * (long) shorter;
                })
                .isPresent();
    }

    boolean isMisnamed() {
        return facts.filter(picture -> ENDINGS.containsKey(picture.format())
                        && !ENDINGS.get(picture.format()).contains(ending(item.file())))
                .isPresent();
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the reader's message without the path at its beginning, because the finding names the file in its own
     * way.
     */
    private static String problem(Path file, Exception e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof DataFormatException && message.startsWith(file + ": ")
                ? message.substring((file + ": ").length())
                : e.getClass().getSimpleName() + " " + message;
    }
}
