package dev.jzoo.zoo.hub;

import dev.jzoo.zoo.download.PublicAddress;
import dev.jzoo.zoo.file.Sha256;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody writes to name a model, wherever it is. {@link #parse} reads it, {@code toString} writes it.
 *
 * <pre>
 *   mnist-logistic, mnist-logistic@1.0.0          a model of JZoo's own catalogue
 *   onnx:MNIST, onnx:MNIST@12                     one that a manifest of the ONNX Hub lists, of the newest or of this opset
 *   hf:OWNER/NAME[@REVISION][/PATH]               a file of a repository of Hugging Face
 *   mvn:GROUP:ARTIFACT:VERSION[/ID]               a model in a jar of a Maven repository
 *   https://HOST/PATH.onnx[#sha256=DIGEST]        a file on the web
 * </pre>
 */
public sealed interface ModelReference {

    /** A text that tells references apart. Unlike {@code toString}, it may have keys and signatures: it is never printed or stored. */
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
     * A model that a manifest of the ONNX Hub lists.
     *
     * @param name as listed, in whatever case: "MNIST", "ResNet50"
     * @param opset of the default operator set; 0 for the newest there is
     */
    record InOnnxHub(String name, int opset) implements ModelReference {
        @Override
        public String toString() {
            return ReferenceSyntax.ONNX + name + (opset == 0 ? "" : "@" + opset);
        }
    }

    /**
     * A file of a repository of Hugging Face.
     *
     * @param owner user or organisation
     * @param name of the repository
     * @param revision branch, tag or commit, {@code refs%2Fpr%2F1} for one with a '/'; "main" if not said
     * @param path of the {@code .onnx} file or of the folder that has it; empty where there is but one
     */
    record InHuggingFace(String owner, String name, String revision, String path) implements ModelReference {

        /** Whether the revision is a commit, which always means the same files. */
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
     * @param id of the model in it; empty where there is but one
     */
    record InMaven(String group, String artifact, String version, String id) implements ModelReference {

        /** Where a Maven repository has the jar. */
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
     * @param sha256 its digest, where the reference has it
     */
    record OnWeb(URI address, Optional<Sha256> sha256) implements ModelReference {
        public OnWeb {
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String identity() {
            return withoutUser() + digest();
        }

        /** The whole address but for user and password, with which the same file comes. */
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

    /** Whether a text is the name of a model in JZoo's own catalogue, and no path. A file of such a name is "./name". */
    static boolean isName(String text) {
        return ReferenceSyntax.isName(text);
    }

    /** Whether a text is a reference by its form. What is not is a path: "./mnist-logistic" for a file of such a name. */
    static boolean isReference(String text) {
        return ReferenceSyntax.isName(text) || ReferenceSyntax.isElsewhere(text);
    }

    /** Whether a text is a reference, and not to JZoo's own catalogue. */
    static boolean isElsewhere(String text) {
        return ReferenceSyntax.isElsewhere(text);
    }

    /** Reads a reference. Fails with IllegalArgumentException that says what was expected. */
    static ModelReference parse(String text) {
        return ReferenceSyntax.parse(text);
    }
}
