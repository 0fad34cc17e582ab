package dev.jzoo.examples.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A server of the page, the model and ONNX Runtime for the browser, for this machine only. All three are plain files, so
 * any web server can replace it.
 */
public final class Serve {

    private static final Set<String> PAGE = Set.of("index.html", "classify.js");
    private static final Set<String> RUNTIME =
            Set.of("ort/ort.wasm.bundle.min.mjs", "ort/ort-wasm-simd-threaded.mjs", "ort/ort-wasm-simd-threaded.wasm");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "mjs", "text/javascript", "wasm", "application/wasm");

    private final Path runtime;
    private final Path model;

    private Serve(Path runtime, Path model) {
        this.runtime = runtime;
        this.model = model;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("Expected one argument: the folder dist of onnxruntime-web (see examples/README.md).");
            System.exit(2);
        }
        System.out.println(
                "http://localhost:" + start(Path.of(args[0]), 8080).getAddress().getPort());
    }

    /**
     * Serves until it is stopped.
     *
     * @param runtime the folder {@code dist} of onnxruntime-web
     * @param port port to listen on; 0 for a free port
     */
    static HttpServer start(Path runtime, int port) throws IOException {
        Path model = Zoo.standard().pull("mnist-lenet", ProgressListener.NONE).model();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", new Serve(runtime, model)::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            String name = path.isEmpty() ? "index.html" : path;
            byte[] content = content(name);
            exchange.getResponseHeaders()
                    .set("Content-Type", TYPES.getOrDefault(name.replaceAll(".*\\.", ""), "application/octet-stream"));
            exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** Returns the content of a listed file, or an empty array: a request's name never becomes a path on this machine. */
    private byte[] content(String name) throws IOException {
        if (PAGE.contains(name)) {
            try (InputStream in = Serve.class.getResourceAsStream(name)) {
                return in.readAllBytes();
            }
        }
        if (RUNTIME.contains(name)) {
            return Files.readAllBytes(runtime.resolve(name.substring("ort/".length())));
        }
        return name.equals("model.onnx") ? Files.readAllBytes(model) : new byte[0];
    }
}
