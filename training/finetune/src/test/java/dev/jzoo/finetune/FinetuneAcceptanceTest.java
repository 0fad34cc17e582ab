package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.training.TrainingResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of ImageNet on photographs of ants and bees, both from the folder that JZOO_MIRROR names. */
@Tag("acceptance")
class FinetuneAcceptanceTest {

    @TempDir
    Path folder;

    @Test
    void mobileNetTellsAntsFromBeesAsWellAsTheReferenceAndInSecondsFromTheCache() throws IOException {
        TrainingResult cold = finetune("mobilenet_v1_0.75_224.onnx", "cold");
        assertTrue(
                cold.metric("validation.accuracy") >= 0.928,
                cold.card().metrics().toString());
        assertEquals("signed", normalization(cold));
        TrainingResult warm = finetune("mobilenet_v1_0.75_224.onnx", "warm");
        assertEquals(cold.card().metrics(), warm.card().metrics());
        System.out.printf(
                "MobileNet: %s in %.0f s, kept %.1f s%n", cold.card().metrics(), cold.seconds(), warm.seconds());
    }

    @Test
    void resNetTellsAntsFromBees() throws IOException {
        TrainingResult result = finetune("resnet50_v2_stage3_224.onnx", "resnet");
        assertTrue(
                result.metric("validation.accuracy") >= 0.941,
                result.card().metrics().toString());
        assertEquals("imagenet", normalization(result));
        System.out.printf("ResNet-50: %s in %.0f s%n", result.card().metrics(), result.seconds());
    }

    /** Medians of three seeds: one network learns on from CIFAR-10's classes, the other from nothing. */
    @Test
    void allLayersOfResNet20LearnMoreFromCifarsWeightsThanFromRandomOnes() throws IOException {
        Path base = Path.of("../../zoo/models/cifar10-resnet20/1.0.0/model.onnx");
        double full = median(base, new Mode.Full(Mode.Start.BASE, 10, 16, 5e-4));
        double scratch = median(base, new Mode.Full(Mode.Start.RANDOM, 40, 16, 2e-3));
        System.out.printf("ResNet-20 of CIFAR-10: full %.1f %%, scratch %.1f %%%n", 100 * full, 100 * scratch);
        assertTrue(full > scratch, full + " is not above " + scratch);
    }

    private double median(Path base, Mode mode) throws IOException {
        double[] accuracies = new double[3];
        for (int seed = 1; seed <= accuracies.length; seed++) {
            TrainingResult result = finetune(base, mode, seed, mode + "-" + seed);
            accuracies[seed - 1] = result.metric("validation.accuracy");
        }
        Arrays.sort(accuracies);
        return accuracies[1];
    }

    private static String normalization(TrainingResult result) throws IOException {
        return Files.readString(result.run().resolve("recipe.json"))
                .replaceAll("(?s).*\"normalization\" : \"([^\"]*)\".*", "$1");
    }

    private static Path mirror() {
        return Path.of(System.getenv().getOrDefault("JZOO_MIRROR", "no-mirror"));
    }

    private TrainingResult finetune(String base, String name) throws IOException {
        return finetune(mirror().resolve("pretrained").resolve(base), new Mode.HeadOnly(), 1, name);
    }

    private TrainingResult finetune(Path base, Mode mode, long seed, String name) throws IOException {
        Path data = folder.resolve("data");
        if (!Files.exists(data)) {
            unpack(mirror().resolve("hymenoptera/hymenoptera_data.zip"), data);
        }
        FinetuneSettings settings = new FinetuneSettings(
                name,
                base,
                base.getFileName().toString(),
                PictureFolder.read(data),
                mode,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                1,
                seed,
                "jzoo finetune");
        return Finetune.run(settings, folder.resolve(name), folder.resolve("cache"), TransferListener.NONE);
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        try (InputStream in = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && file.startsWith(folder)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }
}
