package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.base.Normalization;
import dev.jzoo.zoo.error.JZooException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class path without any training engine: mode head works, mode full says so before it computes anything. */
class WithoutDjlTest {

    @TempDir
    Path folder;

    @BeforeEach
    void draw() throws IOException {
        Bases.pictures(folder.resolve("data"), 12, 12);
        Bases.classifier().write(folder.resolve("base.onnx"));
    }

    @Test
    void modeHeadNeedsNoEngine() throws Exception {
        String said = said("head");
        assertTrue(said.endsWith("validation.accuracy above 0.9"), said);
    }

    @Test
    void modeFullIsRefusedBeforeThePicturesAreRead() throws Exception {
        String said = said("full");
        assertEquals(
                "Cannot run mode full: it trains all layers with DJL, and not all of DJL's jars are on the class path."
                        + " Add the artifacts jzoo-training-djl and jzoo-onnx-training, or use mode head, which needs neither of them.",
                said);
    }

    private String said(String mode) throws Exception {
        String light = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(ai.djl|deeplearning4j|nd4j|bytedeco).*"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        light,
                        WithoutDjlTest.class.getName(),
                        folder.toString(),
                        mode)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    /** The process without engines. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Mode mode = args[1].equals("head") ? new Mode.HeadOnly() : new Mode.Full(Mode.Start.BASE, 1, 8, 0.01);
        FinetuneSettings settings = new FinetuneSettings(
                "light",
                folder.resolve("base.onnx"),
                "base.onnx",
                PictureFolder.read(folder.resolve("data")),
                mode,
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(Normalization.UNIT),
                1,
                1,
                "jzoo finetune");
        TransferListener listener = new TransferListener() {
            @Override
            public void stage(String what) {
                if (mode instanceof Mode.Full) {
                    System.out.println(what);
                }
            }
        };
        try {
            double accuracy = Finetune.run(settings, folder.resolve("run"), folder.resolve("cache"), listener)
                    .metric("validation.accuracy");
            System.out.println("validation.accuracy "
                    + (Files.exists(folder.resolve("run")) && accuracy > 0.9 ? "above 0.9" : accuracy));
        } catch (JZooException e) {
            System.out.println(e.getMessage());
        }
    }
}
