package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The text by which a user names a model, in any place. {@link #parse} reads it, {@code toString} writes it.
 *
 * <pre>
 *   mnist-logistic, mnist-logistic@1.0.0          a model of JZoo's own catalogue
 *   onnx:MNIST, onnx:MNIST@12                     a model in a manifest of the ONNX Hub, with the newest or this opset
 *   hf:OWNER/NAME[@REVISION][/PATH]               a file in a repository of Hugging Face
 *   mvn:GROUP:ARTIFACT:VERSION[/ID]               a model in a jar of a Maven repository
 *   https://HOST/PATH.onnx[#sha256=DIGEST]        a file on the web
 * </pre>
 */
public sealed interface ModelReference {

    /** Returns a text that identifies the reference. It may contain keys and signatures, so it must not be printed or stored. */
    default String identity() {
        return toString();
    }

    /**
     * A model of JZoo's own catalogue.
     *
     * @param version "1.0.0"; empty for the newest
     */
    record InZoo(String id, String version) implements ModelReference {
        @Override
        public String toString() {
            return id + (version.isEmpty() ? "" : "@" + version);
        }
    }

    /**
     * A model in a manifest of the ONNX Hub.
     *
     * @param name as listed, ignoring case: "MNIST", "ResNet50"
     * @param opset version of the default operator set; 0 for the newest available
     */
    record InOnnxHub(String name, int opset) implements ModelReference {
        @Override
        public String toString() {
            return ReferenceSyntax.ONNX + name + (opset == 0 ? "" : "@" + opset);
        }
    }

    /**
     * A file in a repository of Hugging Face.
     *
     * @param owner user or organisation
     * @param name name of the repository
     * @param revision branch, tag or commit, {@code refs%2Fpr%2F1} for one with a '/'; "main" by default
     * @param path path of the {@code .onnx} file or of its folder; empty if the repository has only one
     */
    record InHuggingFace(String owner, String name, String revision, String path) implements ModelReference {

        /** Returns whether the revision is a commit, which always stands for the same files. */
        boolean isCommit() {
            return HubRevision.isCommit(revision);
        }

        @Override
        public String toString() {
            return ReferenceSyntax.HUGGING_FACE + owner + "/" + name
                    + (revision.equals(ReferenceSyntax.MAIN) ? "" : "@" + revision)
                    + (path.isEmpty() ? "" : "/" + path);
        }
    }

    /**
     * A model in a jar of a Maven repository, below {@code META-INF/jzoo/}.
     *
     * @param id the model's id; empty if the jar has only one
     */
    record InMaven(String group, String artifact, String version, String id) implements ModelReference {

        /** Returns the path of the jar in a Maven repository. */
        public String path() {
            return group.replace('.', '/') + "/" + artifact + "/" + version + "/" + artifact + "-" + version + ".jar";
        }

        @Override
        public String toString() {
            return ReferenceSyntax.MAVEN + group + ":" + artifact + ":" + version + (id.isEmpty() ? "" : "/" + id);
        }
    }

    /**
     * A file on the web.
     *
     * @param address http or https, without fragment
     * @param sha256 its digest, if the reference has one
     */
    record OnWeb(URI address, Optional<Sha256> sha256) implements ModelReference {
        public OnWeb {
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String identity() {
            return withoutUser() + digest();
        }

        /** Returns the address without user and password, which do not change the file. */
        String withoutUser() {
            return address.getRawUserInfo() == null
                    ? address.toString()
                    : address.toString().replaceFirst(Pattern.quote(address.getRawUserInfo() + "@"), "");
        }

        private String digest() {
            return sha256.map(digest -> "#sha256=" + digest).orElse("");
        }

        @Override
        public String toString() {
            return PublicAddress.of(address) + digest();
        }
    }

    /**
     * Returns whether a text is the name of a model in JZoo's own catalogue and not a path. Write "./name" for a file of such a
     * name.
     */
    static boolean isName(String text) {
        return ReferenceSyntax.isName(text);
    }

    /**
     * Returns whether a text has the form of a reference. Any other text is a path: "./mnist-logistic" for a file of such a name.
     */
    static boolean isReference(String text) {
        return ReferenceSyntax.isName(text) || ReferenceSyntax.isElsewhere(text);
    }

    /** Returns whether a text is a reference to a model outside JZoo's own catalogue. */
    static boolean isElsewhere(String text) {
        return ReferenceSyntax.isElsewhere(text);
    }

    /** Parses a reference. Fails with IllegalArgumentException, which names the expected form. */
    static ModelReference parse(String text) {
        return ReferenceSyntax.parse(text);
    }
}
