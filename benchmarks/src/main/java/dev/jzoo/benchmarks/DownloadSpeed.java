package dev.jzoo.benchmarks;

import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.file.Sha256;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.settings.Hubs;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * The time of a download from the loopback address with curl, with the zoo in a warm JVM, and with {@code jzoo pull}. The
 * last two also compare the digest and wait until the file is on the disk.
 *
 * @param folder for the file and its copies
 * @param megabytes size of the file
 * @param pull download command; the reference is appended as its last argument
 */
record DownloadSpeed(Path folder, int megabytes, List<String> pull) {

    static final String CURL = "curl";

    private static final String ZOO = "the zoo's code";
    private static final String PULL = "jzoo pull";
    private static final int WARM_UP = 1;

    /** Measures 500 MB with the rounds in the argument, 5 by default. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        Path folder = Files.createDirectories(Path.of("benchmarks", "target", "download"));
        Map<String, Samples> seconds =
                new DownloadSpeed(folder, 500, List.of("./jzoo", "pull")).measure(WARM_UP, rounds);
        for (int round = 0; round < rounds; round++) {
            System.out.printf(
                    Locale.ROOT,
                    "curl %.2f s, the zoo's code %.2f s, jzoo pull %.2f s%n",
                    seconds.get(CURL).values().get(round),
                    seconds.get(ZOO).values().get(round),
                    seconds.get(PULL).values().get(round));
        }
        for (String name : List.of(ZOO, PULL)) {
            Samples speed = seconds.get(CURL).over(seconds.get(name));
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f of curl's speed (%.2f to %.2f)%n",
                    name,
                    speed.median(),
                    speed.smallest(),
                    speed.largest());
        }
    }

    /** Returns the seconds of a download by the names of the programs, one value for each round. */
    Map<String, Samples> measure(int warmUp, int rounds) throws Exception {
        Path file = folder.resolve("large.bin");
        write(file);
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RangeServer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String address = "http://127.0.0.1:" + server.inputReader().readLine() + "/" + file.getFileName();
            ModelReference reference = ModelReference.parse(address + "#sha256=" + Sha256.of(file));
            SamplesByName seconds = new SamplesByName();
            for (int round = 0; round < warmUp + rounds; round++) {
                if (round == warmUp) {
                    seconds.clear();
                }
                measureOnce(address, reference, seconds);
            }
            return seconds.samples();
        } finally {
            server.destroy();
        }
    }

    private void measureOnce(String address, ModelReference reference, SamplesByName seconds) throws Exception {
        Path home = folder.resolve("home");
        Path copy = folder.resolve("by-curl");
        seconds.time(CURL, () -> run(Map.of(), List.of("curl", "-s", "-o", copy.toString(), address)));
        Files.delete(copy);
        Store store = Store.open(new Settings(home, List.of(), List.of(), Hubs.of(Map.of()), false));
        seconds.time(ZOO, () -> Zoo.of(store).fetch(reference, Zoo.Trust.NONE, ProgressListener.NONE));
        store.clear();
        List<String> command = new ArrayList<>(pull);
        command.add(reference.toString());
        seconds.time(PULL, () -> run(Map.of(Settings.HOME, home.toString()), command));
        store.clear();
    }

    private void write(Path file) throws IOException {
        byte[] megabyte = new byte[1_000_000];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(megabyte);
                out.write(megabyte);
            }
        }
    }

    private static void run(Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command.get(0) + " exited with " + status + ".");
        }
    }
}
