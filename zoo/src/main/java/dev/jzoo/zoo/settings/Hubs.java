package dev.jzoo.zoo.settings;

import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PublicAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The addresses of models that JZoo did not publish.
 *
 * @param onnx addresses that have a manifest of the ONNX Hub and its files, tried in order
 * @param huggingFace address of the Hugging Face hub
 * @param token token for Hugging Face, sent only to that address's own server; empty for none
 * @param huggingFaceCache the cache of Hugging Face's own programs; it may not exist
 * @param maven Maven repositories, folders or URLs, tried in order
 */
public record Hubs(List<URI> onnx, URI huggingFace, String token, Path huggingFaceCache, List<URI> maven) {

    /** Addresses or folders of the ONNX Hub. Replaces the default. */
    public static final String ONNX = "JZOO_ONNX_HUB";

    /** Maven repositories. Replaces the local one. */
    public static final String MAVEN = "JZOO_MAVEN";

    /**
     * The default addresses of the repository onnx/models. The first is meant for its large files, which it no longer has. The
     * second serves Git LFS pointers in place of them, but has the manifest.
     */
    private static final List<URI> ONNX_MODELS = List.of(
            URI.create("https://media.githubusercontent.com/media/onnx/models/main/"),
            URI.create("https://raw.githubusercontent.com/onnx/models/main/"));

    private static final URI HUGGING_FACE = URI.create("https://huggingface.co/");

    public Hubs {
        Objects.requireNonNull(token, "token");
        if (!token.matches("[!-~]*")) { // otherwise the rejected header would be quoted
            throw new IllegalArgumentException(
                    "HF_TOKEN has a character that tokens never have: a space, a line break, a control character or a"
                            + " non-ASCII character.");
        }
        onnx = onnx.stream().map(Settings::folder).toList();
        huggingFace = Settings.folder(huggingFace);
        maven = maven.stream().map(Settings::folder).toList();
    }

    /**
     * Returns the hubs that an environment configures: {@value #ONNX}, {@value #MAVEN}, and the variables of Hugging Face's own
     * programs, HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE and HF_HOME.
     */
    public static Hubs of(Map<String, String> environment) {
        List<URI> onnx = Settings.addresses(ONNX, environment.getOrDefault(ONNX, ""));
        List<URI> maven = Settings.addresses(MAVEN, environment.getOrDefault(MAVEN, ""));
        Path user = Path.of(Settings.value(environment, "HOME").orElse(System.getProperty("user.home")));
        Path ownHome = Settings.value(environment, "HF_HOME").map(Path::of).orElse(user.resolve(".cache/huggingface"));
        return new Hubs(
                onnx.isEmpty() ? ONNX_MODELS : onnx,
                Settings.value(environment, "HF_ENDPOINT")
                        .map(text -> Location.parse("HF_ENDPOINT", text.strip()))
                        .orElse(HUGGING_FACE),
                Settings.value(environment, "HF_TOKEN").map(String::strip).orElse(""),
                Settings.value(environment, "HF_HUB_CACHE").map(Path::of).orElse(ownHome.resolve("hub")),
                maven.isEmpty() ? List.of(localMaven(user).toUri()) : maven);
    }

    private static Path localMaven(Path user) {
        return Optional.ofNullable(System.getProperty("maven.repo.local"))
                .map(Path::of)
                .orElse(user.resolve(".m2/repository"));
    }

    /** Returns the addresses without the token and passwords, which must not be printed. */
    @Override
    public String toString() {
        return "Hubs[onnx=" + Settings.shown(onnx) + ", huggingFace=" + PublicAddress.of(huggingFace) + ", maven="
                + Settings.shown(maven) + "]";
    }
}
