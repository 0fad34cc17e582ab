package dev.jzoo.cli;

import com.sun.net.httpserver.HttpServer;
import dev.jzoo.cli.console.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * A hidden command that runs the commands that should start fast, and prints nothing. The launcher starts it once after a
 * build while Java records the loaded classes (AppCDS), so that later starts load them from the archive.
 */
@Command(name = "warm-up", hidden = true, description = "Load the classes of the frequent commands.")
final class WarmUpCommand implements Callable<Integer> {

    private static final String[][] COMMANDS = {
        {"--help"},
        {"run", "--help"},
        {"train", "--help"},
        {"list"},
        {"list", "--json"},
        {"search", "digits"},
        {"dataset", "list"},
        {"cache", "list"},
        {"doctor"},
        {"show", "mnist-logistic"},
        {"inspect", "mnist-logistic"},
        {"verify", "mnist-logistic"},
        {"run", "airline-lstm"},
        {"run", "mnist-logistic", "docs/pictures/seven.png", "--json"},
        {"no-such-command"},
    };

    private final JzooCommand jzoo;

    WarmUpCommand(JzooCommand jzoo) {
        this.jzoo = jzoo;
    }

    @Override
    public Integer call() throws IOException {
        Path home = Files.createTempDirectory("jzoo-warm-up-");
        try {
            Map<String, String> environment = new HashMap<>(jzoo.host().environment());
            environment.put("JZOO_HOME", home.toString());
            environment.remove("JZOO_MIRROR");
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            Host quiet = new Host(
                    nowhere,
                    nowhere,
                    environment,
                    jzoo.host().checkout().orElse(jzoo.host().folder()),
                    jzoo.host().checkout(),
                    Set.of(),
                    80);
            for (String[] command : COMMANDS) {
                new JzooCommand(quiet).execute(command); // some fail in a zoo without models
            }
            download(quiet);
            new JzooCommand(quiet).execute("cache", "clear");
        } finally {
            delete(home);
        }
        return 0;
    }

    /** Pulls a few bytes from a server in this process, if it may open one. */
    private static void download(Host quiet) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            return; // the other commands still start fast
        }
        server.createContext("/", exchange -> {
            byte[] model = {1, 2, 3};
            exchange.sendResponseHeaders(200, model.length);
            try (exchange) {
                exchange.getResponseBody().write(model);
            }
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/model.onnx";
            new JzooCommand(quiet).execute("pull", address, "--trust");
        } finally {
            server.stop(0);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            for (Path file : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
