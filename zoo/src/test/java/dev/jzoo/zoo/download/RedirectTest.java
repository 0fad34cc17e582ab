package dev.jzoo.zoo.download;

import static dev.jzoo.zoo.Fixtures.bytes;
import static dev.jzoo.zoo.Fixtures.resource;
import static dev.jzoo.zoo.Fixtures.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jzoo.zoo.FileServer;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.error.JZooException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedirectTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    void redirectFromHttpsToHttpIsNotFollowed(@TempDir Path folder) throws Exception {
        byte[] content = bytes(1000, 1);
        Resource resource = resource("a.bin", content, Encoding.IDENTITY);
        SSLContext before = SSLContext.getDefault();
        SSLContext context = selfSigned(folder.resolve("keys.p12"));
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        SSLContext.setDefault(context);
        try (FileServer secure = new FileServer(https);
                FileServer open = new FileServer()) {
            URI mirror = URI.create("https://localhost:" + secure.port() + "/");
            open.files.put("/a.bin", content);
            secure.next.add(FileServer.status(301, "Location", open.uri() + "a.bin"));
            JZooException e = assertThrows(JZooException.class, () -> store(folder.resolve("home"), mirror)
                    .fetch(resource, ProgressListener.NONE));
            assertEquals(JZooException.Code.NETWORK, e.code());
            assertTrue(
                    e.getMessage().contains("HTTP 301, a redirect to " + open.uri() + "a.bin, which is not followed"),
                    e.getMessage());
            assertEquals(0, open.requests.size());

            secure.files.put("/a.bin", content); // the server itself is fine
            assertArrayEquals(
                    content,
                    Files.readAllBytes(store(folder.resolve("home"), mirror).fetch(resource, ProgressListener.NONE)));
        } finally {
            SSLContext.setDefault(before);
        }
    }

    /** Returns a context that has and trusts a new certificate for localhost. */
    private static SSLContext selfSigned(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "test",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), output);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
