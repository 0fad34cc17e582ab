package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.LabelledPictures.Item;
import dev.jzoo.finetune.NormalizationChoice.Method;
import dev.jzoo.finetune.NormalizationChoice.NormalizationRanking;
import dev.jzoo.finetune.NormalizationChoice.Trial;
import dev.jzoo.finetune.base.BaseNetwork;
import dev.jzoo.finetune.base.BaseProbe;
import dev.jzoo.finetune.base.ClassifierAssembly;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.inference.pictures.Framing;
import dev.jzoo.inference.pictures.Picture;
import dev.jzoo.inference.pictures.PictureSize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a convention for pixels is found, what that costs, and what is said where it is not certain. */
class NormalizationTrialsTest {

    private static final Comparator<Trial> BY_NATS = Comparator.comparingDouble(Trial::nats);

    @TempDir
    Path folder;

    @Test
    void thePassesAreBoundedHoweverManyPicturesAndClassesThereAre() throws IOException {
        List<Item> items = new ArrayList<>();
        for (int label = 0; label < 8; label++) {
            Path pictures = folder.resolve("class" + label);
            Bases.draw(pictures, 20, 0x203040 * (label % 4 + 1), label);
            for (int i = 0; i < 20; i++) {
                items.add(new Item(pictures.resolve(i + ".png"), label));
            }
        }
        Path file = folder.resolve("base.onnx");
        Bases.classifier().write(file);
        BaseProbe.Probed probed =
                BaseProbe.of(BaseNetwork.read("base.onnx", file, Optional.empty(), OptionalInt.empty()));
        List<String> stages = new ArrayList<>();
        TransferListener listener = new TransferListener() {
            @Override
            public void stage(String what) {
                stages.add(what);
            }
        };
        Path cache = folder.resolve("cache");
        FeatureExtraction extraction = new FeatureExtraction(cache, Framing.CENTRED, 1, listener);
        NormalizationRanking ranking = new NormalizationTrials(
                        items, 8, probed.shape().means(), 1, listener)
                .of(
                        3,
                        candidate -> extraction.of(
                                new ClassifierAssembly(probed.base(), Optional.of(candidate), probed.shape())));
        assertEquals(
                List.of("4 pixel conventions on 16", "4 pixel conventions on 32", "2 pixel conventions on 48"),
                stages.stream()
                        .map(stage -> stage.replaceAll("Trying (.*) pictures .set --normalize to skip this.*", "$1"))
                        .toList());
        assertEquals(48, ranking.trials().get(0).pictures());
        int row = 32 + 4 * probed.shape().dimension() + 4;
        long passes = 0;
        try (Stream<Path> files = Files.list(cache)) {
            for (Path rows : files.toList()) {
                passes += (Files.size(rows) - 16) / row;
            }
        }
        assertTrue(passes > 100 && passes <= NormalizationTrials.MOST_PASSES, passes + " passes");
    }

    @Test
    void whereTheOrderOfColoursHardlyMattersRedComesFirst() {
        NormalizationRanking ranking = ranked(
                new Trial(Normalization.UNIT_BGR, 24, 0.040, 0.010), new Trial(Normalization.UNIT, 24, 0.047, 0.012));
        assertEquals(Normalization.UNIT, ranking.trials().get(0).normalization());
        assertEquals(Optional.of(Normalization.UNIT_BGR), ranking.nearlyAsGood());
    }

    @Test
    void whereItMattersTheBetterOrderIsTakenWithCertainty() {
        NormalizationRanking ranking = ranked(
                new Trial(Normalization.UNIT, 24, 0.19, 0.05), new Trial(Normalization.UNIT_BGR, 24, 0.09, 0.02));
        assertEquals(Normalization.UNIT_BGR, ranking.trials().get(0).normalization());
        assertEquals(Optional.empty(), ranking.nearlyAsGood());
    }

    @Test
    void anotherRangeIsNeverTakenForARange() {
        NormalizationRanking ranking = ranked(
                new Trial(Normalization.UNIT_BGR, 24, 0.10, 0.05), new Trial(Normalization.SIGNED, 24, 0.11, 0.05));
        assertEquals(Normalization.UNIT_BGR, ranking.trials().get(0).normalization());
    }

    @Test
    void smallPicturesAreComparedInTheirOwnSize() throws IOException {
        List<Item> items = checkered(8, 5);
        byte[] pixels = new PixelSamples(new PictureSize(32, 32, 3), Framing.IMAGENET)
                .of(items)
                .get(0);
        // Enlarged four times, only every fourth row and column would begin a new square.
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                int expected = (y % 8 + x % 8) % 2 == 0 ? 255 : 0;
                assertEquals(expected, Byte.toUnsignedInt(pixels[(y * 32 + x) * 3]), "row " + y + ", column " + x);
            }
        }
    }

    @Test
    void largePicturesAreComparedAsTheClassifierSeesThem() throws IOException {
        PictureSize size = new PictureSize(10, 10, 3);
        List<Item> items = checkered(20, 3);
        List<byte[]> samples = new PixelSamples(size, Framing.CENTRED).of(items);
        assertEquals(3, samples.size());
        byte[] seen = Picture.read(items.get(0).file()).pixels(size, Framing.CENTRED);
        assertArrayEquals(seen, samples.get(0));
    }

    private NormalizationRanking ranked(Trial... trials) {
        return NormalizationRanking.of(Method.STATISTICS, List.of(trials), BY_NATS);
    }

    private List<Item> checkered(int side, int count) throws IOException {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < side * side; at++) {
                int x = at % side;
                int y = at / side;
                picture.setRGB(x, y, (x + y) % 2 == 0 ? 0xFFFFFF : 0);
            }
            Path file = folder.resolve("checkered" + i + ".png");
            ImageIO.write(picture, "png", file.toFile());
            items.add(new Item(file, 0));
        }
        return items;
    }
}
