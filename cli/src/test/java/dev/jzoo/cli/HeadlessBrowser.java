package dev.jzoo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A tab of headless Chromium, driven through its DevTools protocol. */
final class HeadlessBrowser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> messages;
    private final List<String> errors = new ArrayList<>();
    private int commands;

    private HeadlessBrowser(Process process, WebSocket socket, BlockingQueue<JsonNode> messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    /** Returns the program, if the PATH has it. */
    static Optional<Path> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts the browser with a profile of its own in a folder. */
    static HeadlessBrowser start(Path program, Path folder) throws Exception {
        Path profile = folder.resolve("profile");
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox", // otherwise it does not start as root; it only opens our pages
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile());
        builder.environment().put("TMPDIR", folder.toString());
        Process process = builder.start();
        try {
            URI tab = tab(port(profile.resolve("DevToolsActivePort")));
            BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(tab, new Reader(messages))
                    .join();
            HeadlessBrowser browser = new HeadlessBrowser(process, socket, messages);
            for (String domain : List.of("Page", "Runtime", "Log")) {
                browser.send(domain + ".enable", Map.of());
            }
            return browser;
        } catch (Exception e) {
            kill(process);
            throw e;
        }
    }

    private static int port(Path file) throws Exception {
        for (long end = System.nanoTime() + SECONDS * 1_000_000_000L; System.nanoTime() < end; Thread.sleep(50)) {
            if (Files.exists(file) && Files.readAllLines(file).size() >= 2) {
                return Integer.parseInt(Files.readAllLines(file).get(0));
            }
        }
        throw new IOException("Chromium did not open a port for its debugger.");
    }

    private static URI tab(int port) throws Exception {
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        String tabs =
                HttpClient.newHttpClient().send(list, BodyHandlers.ofString()).body();
        for (JsonNode tab : JSON.readTree(tabs)) {
            if (tab.get("type").asText().equals("page")) {
                return URI.create(tab.get("webSocketDebuggerUrl").asText());
            }
        }
        throw new IOException("Chromium has no tab: " + tabs);
    }

    /** Sets the size of the window in pixels and the preferred colour scheme, light or dark. */
    void show(int width, String scheme) throws Exception {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Opens a page and waits until it is loaded. Returns the errors that the browser reports. */
    List<String> open(URI page) throws Exception {
        errors.clear();
        send("Page.navigate", Map.of("url", page.toString()));
        while (!next().path("method").asText().equals("Page.loadEventFired")) {
            // other events come before
        }
        return List.copyOf(errors);
    }

    /** Evaluates a JavaScript expression. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(result.get("exceptionDetails").toString());
        }
        return result.get("result").path("value");
    }

    private JsonNode send(String method, Map<String, ?> parameters) throws Exception {
        int id = ++commands;
        ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
        command.set("params", JSON.valueToTree(parameters));
        socket.sendText(command.toString(), true).join();
        while (true) {
            JsonNode message = next();
            if (message.path("id").asInt() == id) {
                if (message.has("error")) {
                    throw new IOException(method + ": " + message.get("error"));
                }
                return message.get("result");
            }
        }
    }

    private JsonNode next() throws Exception {
        JsonNode message = messages.poll(SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IOException("Chromium does not answer.");
        }
        String method = message.path("method").asText();
        boolean logged = method.equals("Log.entryAdded")
                && message.at("/params/entry/level").asText().equals("error");
        if (logged || method.equals("Runtime.exceptionThrown")) {
            errors.add(message.get("params").toString());
        }
        return message;
    }

    @Override
    public void close() {
        socket.abort();
        kill(process);
    }

    /** Ends the browser with all its processes: a remaining one would write to a folder that is being deleted. */
    private static void kill(Process process) {
        List<ProcessHandle> others = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        others.forEach(ProcessHandle::destroyForcibly);
    }

    /** Collects messages, which may come in parts. */
    private static final class Reader implements WebSocket.Listener {

        private final BlockingQueue<JsonNode> messages;
        private final StringBuilder text = new StringBuilder();

        Reader(BlockingQueue<JsonNode> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
