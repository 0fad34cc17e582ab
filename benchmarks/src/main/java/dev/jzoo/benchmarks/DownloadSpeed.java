import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jzoo.zoo.Hubs;
import dev.jzoo.zoo.ModelReference;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Settings;
import dev.jzoo.zoo.Sha256;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * Downloads a file of 500 MB from the loopback address by turns with curl and with the zoo, which also compares the digest and waits until
 * the disk has it. The server is a process of its own.
 */
public final class DownloadSpeed {

    private static final int MEGABYTES = 500;

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("serve")) {
            serve(folder.resolve("large.bin"));
        } else {
            compare(folder, Integer.parseInt(arguments[2]));
        }
    }

    private static void serve(Path file) throws IOException {
        String tag = '"' + Sha256.of(file).hex() + '"';
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> answer(exchange, file, tag));
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange, Path file, String tag) throws IOException {
        long size = Files.size(file);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String[] bounds = range == null ? new String[] {"0"} : range.replace("bytes=", "").split("-");
        long from = Long.parseLong(bounds[0]);
        long to = bounds.length == 1 ? size : Long.parseLong(bounds[1]) + 1;
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, to - from);
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            in.skipNBytes(from);
            for (long left = to - from; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, n);
                left -= n;
            }
        } catch (IOException e) {
            // whoever asked has what it wants
        }
    }

    private static void compare(Path folder, int rounds) throws Exception {
        Path file = folder.resolve("large.bin");
        byte[] megabyte = new byte[1_000_000];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                random.nextBytes(megabyte);
                out.write(megabyte);
            }
        }
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "DownloadSpeed",
                        "serve",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String port = server.inputReader().readLine();
            String address = "http://127.0.0.1:" + port + "/large.bin";
            ModelReference reference = ModelReference.parse(address + "#sha256=" + Sha256.of(file));
            double[] warm = new double[rounds];
            double[] command = new double[rounds];
            for (int round = -1; round < rounds; round++) { // one to warm up
                double curl = seconds(() -> curl(address, folder.resolve("by-curl")));
                Store store = Store.open(
                        new Settings(folder.resolve("home"), List.of(), List.of(), Hubs.of(Map.of()), false));
                double zoo = seconds(
                        () -> Zoo.of(store).fetch(reference, Zoo.Trust.NONE, ProgressListener.NONE));
                store.clear();
                double pull = seconds(() -> pull(reference.toString(), folder.resolve("home")));
                store.clear();
                if (round >= 0) {
                    warm[round] = curl / zoo;
                    command[round] = curl / pull;
                    System.out.printf(Locale.ROOT, "curl %.2f s, the zoo's code %.2f s, jzoo pull %.2f s%n", curl, zoo, pull);
                }
            }
            report("the zoo's code", warm);
            report("jzoo pull", command);
        } finally {
            server.destroy();
        }
    }

    private static void report(String way, double[] ratios) {
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f of curl's speed (%.2f to %.2f)%n",
                way,
                ratios[ratios.length / 2],
                ratios[0],
                ratios[ratios.length - 1]);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void curl(String address, Path file) throws Exception {
        run(Map.of(), "curl", "-s", "-o", file.toString(), address);
        Files.delete(file);
    }

    private static void pull(String reference, Path home) throws Exception {
        run(Map.of(Settings.HOME, home.toString()), "./jzoo", "pull", reference);
    }

    private static void run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(command[0] + " ended with " + status);
        }
    }
}
