package dev.jzoo.zoo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real web server on the loopback address, with ranges and entity tags. It misbehaves on demand. */
public final class FileServer implements AutoCloseable {

    /** The files by path, "/a/b". */
    public final Map<String, byte[]> files = new ConcurrentHashMap<>();
    /** The responses to the next requests, in place of the files. */
    public final Queue<HttpHandler> next = new ConcurrentLinkedQueue<>();
    /** The responses to every request for a path, in place of the files. */
    public final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
    /** The headers of the requests so far, with the requested path under "path". */
    public final List<Headers> requests = new CopyOnWriteArrayList<>();

    private final Map<byte[], String> tags = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public FileServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public FileServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        };
    }

    /** Returns a response that announces the whole file and breaks the connection after some bytes. */
    public HttpHandler breakingAfter(int bytes) {
        return exchange -> serve(exchange, bytes);
    }

    /** Returns a response of bytes without a content length. */
    static HttpHandler chunked(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        Headers asked = new Headers();
        asked.putAll(exchange.getRequestHeaders());
        asked.set("path", exchange.getRequestURI().toString());
        requests.add(asked);
        HttpHandler soon = next.poll();
        HttpHandler scripted =
                soon == null ? answers.get(exchange.getRequestURI().getPath()) : soon;
        try {
            if (scripted != null) {
                scripted.handle(exchange);
            } else {
                serve(exchange, Integer.MAX_VALUE);
            }
        } finally {
            exchange.close();
        }
    }

    private void serve(HttpExchange exchange, int most) throws IOException {
        byte[] file = files.get(exchange.getRequestURI().getPath());
        if (file == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        String tag =
                '"' + tags.computeIfAbsent(file, bytes -> Sha256.of(bytes).hex().substring(0, 16)) + '"';
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        String range = exchange.getRequestHeaders().getFirst("Range");
        String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        int to = file.length;
        if (range != null && (ifRange == null || ifRange.equals(tag))) {
            String[] bounds = range.replace("bytes=", "").split("-");
            from = Integer.parseInt(bounds[0]);
            to = bounds.length == 1 ? to : Math.min(to, Integer.parseInt(bounds[1]) + 1);
            if (from >= file.length) {
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, to - from);
        OutputStream out = exchange.getResponseBody();
        out.write(file, from, Math.min(to - from, most));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
