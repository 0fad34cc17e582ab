package dev.jzoo.zoo.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.zoo.download.Encoding;
import dev.jzoo.zoo.download.Resource;
import dev.jzoo.zoo.file.Sha256;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void homeIsTheNamedFolderElseBelowTheXdgCacheElseBelowTheUsersCache() {
        Path root = Path.of("").toAbsolutePath().getRoot();
        Path named = root.resolve("j");
        Path cache = root.resolve("c");
        assertEquals(named, home("JZOO_HOME", named.toString(), "XDG_CACHE_HOME", cache.toString()));
        assertEquals(cache.resolve("jzoo"), home("JZOO_HOME", "", "XDG_CACHE_HOME", cache.toString()));
        assertEquals(
                root.resolve("u").resolve(".cache").resolve("jzoo"),
                home("XDG_CACHE_HOME", "relative", "HOME", root.resolve("u").toString()));
        assertEquals(
                Path.of(System.getProperty("user.home"), ".cache", "jzoo"),
                Settings.of(Map.of()).home());
    }

    @Test
    void mirrorsAreSplitAtCommasAndAtTheSeparatorOfPathsButNotInsideUrls() {
        String s = File.pathSeparator;
        Path data = Path.of("data").toAbsolutePath();
        Path more = Path.of("more data").toAbsolutePath();
        assertEquals(
                List.of(
                        folder(data),
                        URI.create("http://me:secret@host:8080/a/"),
                        folder(more),
                        URI.create("https://[::1]:90/"),
                        URI.create("https://other/x/"),
                        URI.create("file:///srv/data/")),
                mirrors(data + s + "http://me:secret@host:8080/a" + s + more + ",https://[::1]:90" + s
                        + "https://other/x/, file:///srv/data"));
        assertEquals(
                List.of(URI.create("http://h/"), URI.create("http://h:1/")), mirrors("http://h" + s + "http://h:1"));
        assertEquals(List.of(), mirrors(" , " + s));
    }

    @Test
    void relativeMirrorsAreBelowTheWorkingFolder() {
        assertEquals(List.of(folder(Path.of("..", "shared", "data").toAbsolutePath())), mirrors("../shared/data"));
    }

    @Test
    void addressesOfOtherSchemesAreRefusedNamingTheVariable() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> mirrors("ftp://host/x"))
                .getMessage()
                .contains("ftp:"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Settings.of(Map.of(Settings.OFFLINE, "perhaps")))
                .getMessage()
                .contains("JZOO_OFFLINE"));
    }

    @Test
    void offlineIsOneTrueOrYes() {
        assertTrue(Settings.of(Map.of(Settings.OFFLINE, "1")).offline());
        assertTrue(Settings.of(Map.of(Settings.OFFLINE, "True")).offline());
        assertFalse(Settings.of(Map.of(Settings.OFFLINE, "0")).offline());
        assertFalse(Settings.of(Map.of()).offline());
    }

    @Test
    void pathsOfResourcesCannotLeaveTheCache() {
        for (String path :
                List.of("../x", "/x", "a/../../x", "a//b", "", "a/./b", "C:x", "a\\..\\b", "a\u0000b", "a/")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Resource(path, List.of(), Encoding.IDENTITY, 1, Sha256.of(new byte[1])),
                    path);
        }
    }

    private static URI folder(Path path) {
        String uri = path.toUri().toString();
        return URI.create(uri.endsWith("/") ? uri : uri + "/");
    }

    private static List<URI> mirrors(String text) {
        return Settings.of(Map.of(Settings.MIRROR, text)).mirrors();
    }

    private static Path home(String... variables) {
        return Settings.of(
                        variables.length == 4
                                ? Map.of(variables[0], variables[1], variables[2], variables[3])
                                : Map.of(variables[0], variables[1]))
                .home();
    }
}
