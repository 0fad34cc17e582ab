package dev.jzoo.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** A server of one file on the loopback address, in its own process. It supports range requests. */
final class RangeServer {

    private static final int PIECE = 1 << 18;

    private final Path file;
    private final String tag;

    private RangeServer(Path file) throws IOException {
        this.file = file;
        this.tag = '"' + Sha256.of(file).hex() + '"';
    }

    /** Serves the file in the argument, and prints the port. */
    public static void main(String[] arguments) throws IOException {
        RangeServer files = new RangeServer(Path.of(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", files::answer);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        long size = Files.size(file);
        String range = exchange.getRequestHeaders().getFirst("Range");
        String[] bounds =
                range == null ? new String[] {"0"} : range.replace("bytes=", "").split("-");
        long from = Long.parseLong(bounds[0]);
        long to = bounds.length == 1 ? size : Long.parseLong(bounds[1]) + 1;
        exchange.getResponseHeaders().set("ETag", tag);
        exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
        if (range != null) {
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, to - from);
        byte[] buffer = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            in.skipNBytes(from);
            for (long left = to - from; left > 0; ) {
                int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                out.write(buffer, 0, n);
                left -= n;
            }
        } catch (IOException e) {
            // the client closed the connection
        }
    }
}
