package dev.jzoo.export.verification;

import dev.jzoo.zoo.Listing;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.ProgressListener;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.catalogue.PublishedModel;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.hub.ModelReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The verification of models that a user names.
 *
 * <pre>{@code
 * ModelVerifier verifier = new ModelVerifier(ModelLookup.of(Zoo.standard()), FurtherCheck.NONE);
 * verifier.verify("mnist-logistic", ProgressListener.NONE).forEach(System.out::println);
 * }</pre>
 *
 * @param lookup finds the models
 * @param further made of each model that passes all of {@link ModelCheck}
 */
public record ModelVerifier(ModelLookup lookup, FurtherCheck further) {

    /** A check beyond those of {@link ModelCheck}. */
    @FunctionalInterface
    public interface FurtherCheck {

        /** No further check. */
        FurtherCheck NONE = (model, listener) -> List.of();

        /**
         * Checks a model that passes {@link ModelCheck}.
         *
         * @param model the {@code .onnx} file
         * @param listener hears of what is fetched for the check
         */
        List<CheckResult> of(Path model, ProgressListener listener) throws IOException;
    }

    public ModelVerifier {
        Objects.requireNonNull(lookup, "lookup");
        Objects.requireNonNull(further, "further");
    }

    /**
     * Verifies what a name, a reference or a path means: a model of the zoo, an {@code .onnx} file, the folder of a model or of
     * a run, or every model of a folder with a manifest. A published model whose files are not those of the manifest gets a
     * verdict too.
     *
     * @throws JZooException NOT_FOUND where there is no such model or file; NETWORK where it cannot be fetched
     */
    public List<Verdict> verify(String nameOrPath, ProgressListener listener) throws IOException {
        if (ModelReference.isElsewhere(nameOrPath)) {
            Path model = lookup.file(nameOrPath, listener);
            return List.of(Verdict.of(nameOrPath, further(model, ModelCheck.of(model), listener)));
        }
        Path path = lookup.folder().resolve(nameOrPath);
        if (ModelReference.isName(nameOrPath)) {
            try {
                return List.of(published(nameOrPath, listener));
            } catch (JZooException e) {
                if (e.code() != JZooException.Code.NOT_FOUND || !Files.exists(path)) {
                    throw e;
                }
            }
        }
        if (Files.isRegularFile(path.resolve(Manifest.FILE_NAME))) {
            return folder(path, listener);
        }
        Path model = Files.isDirectory(path) ? ModelLookup.requireFolder(path).resolve(ModelLookup.FILE) : path;
        if (!Files.exists(model)) {
            throw new JZooException(
                    JZooException.Code.NOT_FOUND, "There is no file " + path + ".", "Check the path for typos.");
        }
        Optional<Manifest.Entry> listed = listed(model);
        List<CheckResult> checks = listed.isPresent() ? ModelCheck.of(model, listed.get()) : ModelCheck.of(model);
        return List.of(Verdict.of(nameOrPath, further(model, checks, listener)));
    }

    private Verdict published(String name, ProgressListener listener) throws IOException {
        Listing listing = lookup.zoo().show(name);
        String id = listing.id() + "@" + listing.version();
        try {
            PublishedModel pulled = lookup.zoo().pull(id, listener);
            return listed(id, pulled.model(), listing.entry(), listener);
        } catch (JZooException e) {
            if (e.code() != JZooException.Code.INTEGRITY) {
                throw e;
            }
            return Verdict.of(id, List.of(CheckResult.failed("digest", e.getMessage())));
        }
    }

    private List<Verdict> folder(Path models, ProgressListener listener) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        for (Manifest.Entry entry :
                Manifest.read(models.resolve(Manifest.FILE_NAME)).entries()) {
            String path = entry.file().path();
            verdicts.add(listed(path, models.resolve(path), entry, listener));
        }
        return verdicts;
    }

    private Verdict listed(String id, Path model, Manifest.Entry entry, ProgressListener listener) throws IOException {
        return Verdict.of(id, further(model, ModelCheck.of(model, entry), listener));
    }

    private List<CheckResult> further(Path model, List<CheckResult> checks, ProgressListener listener)
            throws IOException {
        List<CheckResult> all = new ArrayList<>(checks);
        if (checks.stream().allMatch(CheckResult::ok)) {
            all.addAll(further.of(model, listener));
        }
        return all;
    }

    /** The entry of the manifest two folders up, where a model lies in a folder of published ones. */
    private static Optional<Manifest.Entry> listed(Path model) throws IOException {
        Path version = model.toAbsolutePath().normalize().getParent();
        Path id = version.getParent();
        Path models = id == null ? null : id.getParent();
        if (models == null || !Files.isRegularFile(models.resolve(Manifest.FILE_NAME))) {
            return Optional.empty();
        }
        return Manifest.read(models.resolve(Manifest.FILE_NAME))
                .find(id.getFileName().toString(), version.getFileName().toString());
    }
}
