package dev.jzoo.zoo.settings;

import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.download.Resource;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The locations of JZoo's files.
 *
 * @param home the folder of the cache; it may not exist
 * @param mirrors addresses (http, https or file, each ending in '/') to try first, in order; they have the layout of
 *     {@link Resource#path()}
 * @param zoos addresses like those of mirrors, tried last and for models only: they have the published models that are too large
 *     for the jar
 * @param hubs the addresses of models that JZoo did not publish
 * @param offline whether to avoid the network; mirrors and zoos that are folders are still used
 */
public record Settings(Path home, List<URI> mirrors, List<URI> zoos, Hubs hubs, boolean offline) {

    /** The folder of the cache. The default is $XDG_CACHE_HOME/jzoo, or ~/.cache/jzoo without that variable. */
    public static final String HOME = "JZOO_HOME";

    /** Folders or URLs to try first, separated by commas or by the separator of PATH. */
    public static final String MIRROR = "JZOO_MIRROR";

    /** Offline mode: "1", "true" or "yes" to avoid the network. */
    public static final String OFFLINE = "JZOO_OFFLINE";

    /** The pattern of an item. A URL ends at a comma, or at a separator that is not before its port or in its host or user. */
    private static final Pattern ITEM = Pattern.compile("\\s*(?:(?<url>"
            + "(?:[A-Za-z][A-Za-z0-9+.-]+://(?:[^/,@]*@)?(?:\\[[^\\]]*\\]|[^/,:;]*)(?::\\d+)?|file:(?=/))(?:/[^,SEP]*)?"
                    .replace("SEP", Pattern.quote(File.pathSeparator))
            + ")|(?<folder>[^,SEP]+))".replace("SEP", Pattern.quote(File.pathSeparator)));

    public Settings {
        home = home.toAbsolutePath().normalize();
        mirrors = mirrors.stream().map(Settings::folder).toList();
        zoos = zoos.stream().map(Settings::folder).toList();
    }

    /** Creates settings without a zoo and with the default hubs. JZoo's own models come from the jar and the mirrors. */
    public Settings(Path home, List<URI> mirrors, boolean offline) {
        this(home, mirrors, List.of(), Hubs.of(Map.of()), offline);
    }

    /** Returns the settings without passwords and queries of addresses. */
    @Override
    public String toString() {
        return "Settings[home=" + home + ", mirrors=" + shown(mirrors) + ", zoos=" + shown(zoos) + ", hubs=" + hubs
                + ", offline=" + offline + "]";
    }

    static List<String> shown(List<URI> addresses) {
        return addresses.stream().map(PublicAddress::of).toList();
    }

    /** Returns these settings with other hubs. */
    public Settings withHubs(Hubs others) {
        return new Settings(home, mirrors, zoos, others, offline);
    }

    /** Returns these settings with one more address, tried last and for models only. */
    public Settings withZoo(URI zoo) {
        List<URI> more = Stream.concat(zoos.stream(), Stream.of(zoo)).toList();
        return new Settings(home, mirrors, more, hubs, offline);
    }

    /** Returns the settings in the environment of this process. */
    public static Settings standard() {
        return of(System.getenv());
    }

    /**
     * Returns the settings in an environment: {@value #HOME}, {@value #MIRROR}, {@value #OFFLINE}, and the variables of
     * {@link Hubs#of}. Relative folders are resolved against the working folder. Fails with IllegalArgumentException, which names
     * the invalid variable.
     */
    public static Settings of(Map<String, String> environment) {
        return new Settings(
                home(environment),
                addresses(MIRROR, environment.getOrDefault(MIRROR, "")),
                List.of(),
                Hubs.of(environment),
                offline(environment.getOrDefault(OFFLINE, "")));
    }

    private static Path home(Map<String, String> environment) {
        Optional<String> named = value(environment, HOME);
        if (named.isPresent()) {
            return Path.of(named.get());
        }
        // The XDG specification ignores a relative path. The JDK's user.home ignores HOME, but users expect it to
        // count.
        return value(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(value(environment, "HOME").orElse(System.getProperty("user.home")), ".cache"))
                .resolve("jzoo");
    }

    static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /** Returns the folders and URLs in a variable's text. */
    static List<URI> addresses(String variable, String text) {
        List<URI> addresses = new ArrayList<>();
        Matcher items = ITEM.matcher(text);
        while (items.find()) {
            String url = items.group("url");
            String item = (url == null ? items.group("folder") : url).strip();
            try {
                if (!item.isEmpty()) {
                    addresses.add(url == null ? Path.of(item).toUri() : Location.parse("A URL", item));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(variable + " must name folders or URLs; '" + PublicAddress.of(item)
                        + "' is neither: " + e.getMessage());
            }
        }
        return addresses;
    }

    private static boolean offline(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "", "0", "false", "no" -> false;
            case "1", "true", "yes" -> true;
            default ->
                throw new IllegalArgumentException(
                        OFFLINE + " must be 1, true, yes, 0, false or no, not '" + text + "'.");
        };
    }

    /** Returns an address that ends in '/'. */
    static URI folder(URI mirror) {
        URI folder =
                mirror.getRawPath() != null && mirror.getRawPath().endsWith("/") ? mirror : URI.create(mirror + "/");
        Location.at(folder);
        return folder;
    }
}
