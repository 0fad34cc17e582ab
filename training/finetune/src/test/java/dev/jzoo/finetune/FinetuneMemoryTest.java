package dev.jzoo.finetune;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.datasets.pictures.PictureFolder;
import dev.jzoo.finetune.base.Normalization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand pictures need no more of the heap than a few: their rows would take 40 MB, of a heap of 48 MB. */
@Tag("acceptance")
class FinetuneMemoryTest {

    private static final int PICTURES = 10_000;
    private static final int FEATURES = 1024;

    @TempDir
    Path folder;

    @Test
    void tenThousandPicturesFitIntoASmallHeap() throws Exception {
        Bases.pictures(folder.resolve("data"), PICTURES / 2, PICTURES / 2);
        Bases.wide(FEATURES).write(folder.resolve("base.onnx"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FinetuneMemoryTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        System.out.println(said.strip());
    }

    /** The process that is measured. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        FinetuneSettings settings = new FinetuneSettings(
                "many",
                folder.resolve("base.onnx"),
                "base.onnx",
                PictureFolder.read(folder.resolve("data")),
                new Mode.HeadOnly(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.of(Normalization.UNIT),
                1,
                1,
                "jzoo finetune");
        Finetune.run(settings, folder.resolve("run"), folder.resolve("cache"), TransferListener.NONE);
        String status = Files.readString(Path.of("/proc/self/status"));
        System.out.println(status.lines()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse(""));
    }
}
