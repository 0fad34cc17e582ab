package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.card.Identifier;
import dev.jzoo.zoo.download.Location;
import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.file.RelativePath;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The syntax of a {@link ModelReference}. */
final class ReferenceSyntax {

    static final String ONNX = "onnx:";
    static final String HUGGING_FACE = "hf:";
    static final String MAVEN = "mvn:";

    /** The default revision of Hugging Face. */
    static final String MAIN = "main";

    /** The maximum length of a reference. Signatures of addresses may have a thousand characters. */
    private static final int LONGEST = 4_000;

    /** The maximum length of an id with a version; longer texts are paths. */
    private static final int LONGEST_NAME = 200;

    private static final String ID = Identifier.PATTERN;
    private static final String WORD = "[A-Za-z0-9](?:[\\w.-]*[A-Za-z0-9_-])?";

    private static final Pattern NAME = Pattern.compile("(" + ID + ")(?:@(.+))?");
    private static final Pattern ELSEWHERE = Pattern.compile("onnx:|hf:|mvn:|https?://", Pattern.CASE_INSENSITIVE);
    private static final Pattern HUB_NAME = Pattern.compile("([^@]*[^@\\s][^@]*)(?:@([1-9]\\d{0,3}))?");
    private static final Pattern REPOSITORY =
            Pattern.compile("(" + WORD + ")/(" + WORD + ")(?:@((?:[\\w.+~-]|%[0-9A-Fa-f]{2})++))?(?:/(.+))?");
    private static final Pattern COORDINATES =
            Pattern.compile("([\\w.-]+):([\\w.-]+):([\\w.+-]+)(?:/(" + ID + "(?:@.+)?))?");

    private ReferenceSyntax() {}

    static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    static boolean isElsewhere(String text) {
        return ELSEWHERE.matcher(text).lookingAt();
    }

    static ModelReference parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A reference may have at most " + LONGEST + " characters, not " + text.length() + ".");
        }
        if (!isElsewhere(text)) {
            return inZoo(text);
        }
        String scheme = text.substring(0, text.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        String rest = text.substring(scheme.length());
        return switch (scheme) {
            case ONNX -> inOnnxHub(text, rest);
            case HUGGING_FACE -> inHuggingFace(text, rest);
            case MAVEN -> inMaven(text, rest);
            default -> onWeb(text);
        };
    }

    private static ModelReference inZoo(String text) {
        Matcher parts = NAME.matcher(text);
        if (!isName(text) || !parts.matches()) {
            throw expected(
                    text,
                    "lower-case letters, digits and hyphens with an optional version, as in" + " mnist-logistic@1.0.0");
        }
        return new ModelReference.InZoo(parts.group(1), orEmpty(parts.group(2)));
    }

    private static ModelReference inOnnxHub(String text, String rest) {
        Matcher parts = HUB_NAME.matcher(rest);
        if (!parts.matches()) {
            throw expected(text, "onnx:NAME or onnx:NAME@OPSET");
        }
        return new ModelReference.InOnnxHub(
                parts.group(1).strip(), parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
    }

    private static ModelReference inHuggingFace(String text, String rest) {
        Matcher parts = REPOSITORY.matcher(rest);
        if (!parts.matches()) {
            throw expected(text, "hf:OWNER/NAME, hf:OWNER/NAME@REVISION or hf:OWNER/NAME@REVISION/PATH");
        }
        if (parts.group(3) != null) {
            RelativePath.require(parts.group(3).replaceAll("(?i)%2F", "/").replace("%", "_"));
        }
        String path = orEmpty(parts.group(4));
        if (!path.isEmpty()) {
            RelativePath.require(path);
        }
        return new ModelReference.InHuggingFace(
                parts.group(1), parts.group(2), parts.group(3) == null ? MAIN : parts.group(3), path);
    }

    private static ModelReference inMaven(String text, String rest) {
        Matcher parts = COORDINATES.matcher(rest);
        if (!parts.matches()) {
            throw expected(text, "mvn:GROUP:ARTIFACT:VERSION or mvn:GROUP:ARTIFACT:VERSION/ID");
        }
        ModelReference.InMaven reference =
                new ModelReference.InMaven(parts.group(1), parts.group(2), parts.group(3), orEmpty(parts.group(4)));
        RelativePath.require(reference.path());
        return reference;
    }

    private static ModelReference onWeb(String text) {
        int hash = text.indexOf('#');
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        if (hash >= 0 && !fragment.startsWith("sha256=")) {
            throw expected(text, "an address, optionally with #sha256= and 64 hexadecimal digits");
        }
        URI address = Location.parse("A model on the web", hash < 0 ? text : text.substring(0, hash));
        Location.at(address);
        return new ModelReference.OnWeb(
                address,
                fragment.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Sha256(fragment.substring("sha256=".length()))));
    }

    private static IllegalArgumentException expected(String text, String form) {
        return new IllegalArgumentException(
                "'" + PublicAddress.of(text) + "' does not name a model; expected" + " " + form + ".");
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }
}
