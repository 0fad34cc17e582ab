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
 * Where models are that JZoo did not publish.
 *
 * @param onnx addresses that have a manifest of the ONNX Hub and its files, tried in order
 * @param huggingFace address of the hub of that name
 * @param token for Hugging Face; empty for none. It is given to that address's own server only
 * @param huggingFaceCache where Hugging Face's own programs keep what they downloaded; it need not exist
 * @param maven repositories of Maven, folders or URLs, tried in order
 */
public record Hubs(List<URI> onnx, URI huggingFace, String token, Path huggingFaceCache, List<URI> maven) {

    /** Addresses or folders of the ONNX Hub, in place of the usual ones. */
    public static final String ONNX = "JZOO_ONNX_HUB";

    /** Repositories of Maven, in place of the local one. */
    public static final String MAVEN = "JZOO_MAVEN";

    /**
     * Where the repository onnx/models is. The first is the one for its large files, which it no longer has; the second gives
     * Git's notes in place of them, but has the manifest.
     */
    private static final List<URI> ONNX_MODELS = List.of(
            URI.create("https://media.githubusercontent.com/media/onnx/models/main/"),
            URI.create("https://raw.githubusercontent.com/onnx/models/main/"));

    private static final URI HUGGING_FACE = URI.create("https://huggingface.co/");

    public Hubs {
        Objects.requireNonNull(token, "token");
        if (!token.matches("[!-~]*")) { // else whoever refuses the header would quote it
            throw new IllegalArgumentException(
                    "HF_TOKEN has a character that no token has: a space, a line break, a control character or one beyond ASCII.");
        }
        onnx = onnx.stream().map(Settings::folder).toList();
        huggingFace = Settings.folder(huggingFace);
        maven = maven.stream().map(Settings::folder).toList();
    }

    /**
     * Those of an environment: {@value #ONNX}, {@value #MAVEN}, and the variables of Hugging Face's own programs, HF_ENDPOINT,
     * HF_TOKEN, HF_HUB_CACHE and HF_HOME.
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

    /** Without the token and the passwords of addresses, which nobody prints. */
    @Override
    public String toString() {
        return "Hubs[onnx=" + Settings.shown(onnx) + ", huggingFace=" + PublicAddress.of(huggingFace) + ", maven="
                + Settings.shown(maven) + "]";
    }
}
