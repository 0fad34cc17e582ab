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
 * Where JZoo keeps its files and where it looks for them.
 *
 * @param home the folder of the cache; it need not exist
 * @param mirrors addresses (http, https or file, each ending in '/') that are tried first, in order; they have the layout
 *     of {@link Resource#path()}
 * @param zoos addresses, as those of mirrors, that are tried last, and for models only: where those are published that are
 *     too large to travel in the jar
 * @param hubs where models are that JZoo did not publish
 * @param offline true: no network is used; mirrors and zoos that are folders still are
 */
public record Settings(Path home, List<URI> mirrors, List<URI> zoos, Hubs hubs, boolean offline) {

    /** The folder of the cache; default $XDG_CACHE_HOME/jzoo, else ~/.cache/jzoo. */
    public static final String HOME = "JZOO_HOME";

    /** Folders or URLs to try first, separated by commas or as in PATH. */
    public static final String MIRROR = "JZOO_MIRROR";

    /** "1", "true" or "yes": use no network. */
    public static final String OFFLINE = "JZOO_OFFLINE";

    /** A URL ends at a comma, or at a separator that is neither before its port nor inside its host or user. */
    private static final Pattern ITEM = Pattern.compile("\\s*(?:(?<url>"
            + "(?:[A-Za-z][A-Za-z0-9+.-]+://(?:[^/,@]*@)?(?:\\[[^\\]]*\\]|[^/,:;]*)(?::\\d+)?|file:(?=/))(?:/[^,SEP]*)?"
                    .replace("SEP", Pattern.quote(File.pathSeparator))
            + ")|(?<folder>[^,SEP]+))".replace("SEP", Pattern.quote(File.pathSeparator)));

    public Settings {
        home = home.toAbsolutePath().normalize();
        mirrors = mirrors.stream().map(Settings::folder).toList();
        zoos = zoos.stream().map(Settings::folder).toList();
    }

    /** Settings without a zoo, and with the usual hubs: JZoo's own models come from the jar and the mirrors. */
    public Settings(Path home, List<URI> mirrors, boolean offline) {
        this(home, mirrors, List.of(), Hubs.of(Map.of()), offline);
    }

    /** Without passwords and queries of addresses. */
    @Override
    public String toString() {
        return "Settings[home=" + home + ", mirrors=" + shown(mirrors) + ", zoos=" + shown(zoos) + ", hubs=" + hubs
                + ", offline=" + offline + "]";
    }

    static List<String> shown(List<URI> addresses) {
        return addresses.stream().map(PublicAddress::of).toList();
    }

    /** The same with other hubs. */
    public Settings withHubs(Hubs others) {
        return new Settings(home, mirrors, zoos, others, offline);
    }

    /** The same, where one more address is tried last for models. */
    public Settings withZoo(URI zoo) {
        List<URI> more = Stream.concat(zoos.stream(), Stream.of(zoo)).toList();
        return new Settings(home, mirrors, more, hubs, offline);
    }

    /** The settings in the environment of this process. */
    public static Settings standard() {
        return of(System.getenv());
    }

    /**
     * The settings in an environment: {@value #HOME}, {@value #MIRROR}, {@value #OFFLINE}, and those of {@link Hubs#of}.
     * Relative folders are below the working folder. Fails with IllegalArgumentException naming the variable that cannot be read.
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
        // The XDG specification ignores a relative path. The JDK's user.home ignores HOME, users do not.
        return value(environment, "XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(value(environment, "HOME").orElse(System.getProperty("user.home")), ".cache"))
                .resolve("jzoo");
    }

    static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /** The folders and URLs in a variable's text. */
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
                throw new IllegalArgumentException(variable + " has folders or URLs; '" + PublicAddress.of(item)
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
                        OFFLINE + " is 1, true or yes, or 0, false or no; not '" + text + "'.");
        };
    }

    /** An address that ends in '/'. */
    static URI folder(URI mirror) {
        URI folder =
                mirror.getRawPath() != null && mirror.getRawPath().endsWith("/") ? mirror : URI.create(mirror + "/");
        Location.at(folder);
        return folder;
    }
}
