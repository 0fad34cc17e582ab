package dev.jzoo.export.verification;

import dev.jzoo.inference.Device;
import dev.jzoo.inference.OnnxModel;
import dev.jzoo.inference.SessionSettings;
import dev.jzoo.onnx.GraphChecker;
import dev.jzoo.onnx.OnnxOutline;
import dev.jzoo.zoo.card.CardMetadata;
import dev.jzoo.zoo.card.CardPage;
import dev.jzoo.zoo.card.ModelCard;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.catalogue.Manifest;
import dev.jzoo.zoo.error.JZooException;
import dev.jzoo.zoo.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks of one model against its claims: digest, structure, loading, test data, card. A check that fails is a result,
 * not an exception.
 */
public final class ModelCheck {

    private final Path model;
    private final Path folder;
    private final List<CheckResult> checks = new ArrayList<>();

    private ModelCheck(Path model) {
        this.model = model;
        this.folder = model.toAbsolutePath().getParent();
    }

    /** A check that returns its findings, or throws an exception for a fault. */
    private interface CheckAction {
        String look() throws IOException;
    }

    /** A check that makes its own result. */
    private interface CheckMaker {
        CheckResult make() throws IOException;
    }

    /** A fault of the model, in words. */
    private static final class Fault extends IOException {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message);
        }
    }

    /** Checks a file and the files next to it. */
    public static List<CheckResult> of(Path model) {
        ModelCheck check = new ModelCheck(model);
        check.file();
        return check.checks;
    }

    /**
     * Checks a file and the files next to it against an entry of a manifest.
     *
     * @param listed the manifest's entry for the file and the files next to it
     */
    public static List<CheckResult> of(Path model, Manifest.Entry listed) {
        ModelCheck check = new ModelCheck(model);
        check.check("digest", () -> check.digest(listed));
        check.file();
        return check.checks;
    }

    private void file() {
        add("graph", this::graph);
        check("runtime", this::runtime);
        if (Files.isDirectory(testSet(0))) {
            check("test-data", this::testData);
        }
        check("card", this::card);
    }

    /**
     * Fails with INTEGRITY if the model in a folder does not verify.
     *
     * @param model the {@code .onnx} file
     * @param what the action that is refused, in the past tense: "published"
     */
    public static void requireSound(Path model, String what) {
        List<CheckResult> failed = of(model).stream()
                .filter(check -> !check.ok() || !check.supported())
                .toList();
        if (!failed.isEmpty()) {
            String faults = failed.stream()
                    .map(check -> check.name() + ": " + check.detail())
                    .collect(Collectors.joining(" "));
            throw new JZooException(
                    JZooException.Code.INTEGRITY,
                    "The model was not " + what + ": the verification of " + model.getParent() + " failed. " + faults,
                    "Train or export the model again.");
        }
    }

    private void check(String name, CheckAction look) {
        add(name, () -> CheckResult.passed(name, look.look()));
    }

    private void add(String name, CheckMaker maker) {
        try {
            checks.add(maker.make());
        } catch (IOException | JZooException | IllegalArgumentException e) {
            checks.add(CheckResult.failed(name, e));
        }
    }

    /** Compares the digests. The manifest's paths begin with id and version; this folder replaces both. */
    private String digest(Manifest.Entry entry) throws IOException {
        List<Manifest.FileDigest> files =
                entry.published().map(Manifest.PublishedFiles::files).orElse(List.of(entry.file()));
        String prefix = entry.file().path().substring(0, entry.file().path().lastIndexOf('/') + 1);
        for (Manifest.FileDigest file : files) {
            Path path = folder.resolve(file.path().substring(prefix.length()));
            if (!Files.isRegularFile(path)) {
                throw new Fault(file.path() + " is missing.");
            }
            if (Files.size(path) != file.bytes()) {
                throw new Fault(file.path() + " has " + Files.size(path) + " bytes, expected " + file.bytes()
                        + " from the manifest.");
            }
            if (!Sha256.of(path).equals(file.sha256())) {
                throw new Fault(file.path() + " has the SHA-256 " + Sha256.of(path) + ", expected from the manifest: "
                        + file.sha256() + ".");
            }
        }
        return files.size() == 1 ? "1 file as listed" : files.size() + " files as listed";
    }

    private CheckResult graph() throws IOException {
        OnnxOutline outline = OnnxOutline.read(model);
        long opset = outline.file().opset();
        if (opset > GraphChecker.newestOpset()) {
            return CheckResult.unsupported(
                    "graph",
                    "not supported here: opset " + opset + "; the newest supported opset is "
                            + GraphChecker.newestOpset());
        }
        List<String> faults = GraphChecker.faults(outline.file());
        if (!faults.isEmpty()) {
            throw new Fault(String.join(" ", faults));
        }
        requireWeights(outline);
        long foreign = outline.operators().entrySet().stream()
                .filter(operator -> operator.getKey().contains("."))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return CheckResult.passed(
                "graph",
                nodes(outline.nodes())
                        + (opset == 0 ? "" : ", opset " + opset)
                        + (foreign == 0 ? "" : "; " + nodes(foreign) + " of other domains not checked")
                        + (outline.unsupported().isEmpty()
                                ? ""
                                : "; not supported here: " + String.join("; ", outline.unsupported())));
    }

    private static String nodes(long number) {
        return number + (number == 1 ? " node" : " nodes");
    }

    private void requireWeights(OnnxOutline outline) throws Fault {
        for (String external : outline.external()) {
            if (!Files.isRegularFile(folder.resolve(external))) {
                throw new Fault("The weights file '" + external + "' is missing from the model's folder.");
            }
        }
    }

    private String runtime() throws IOException {
        try (OnnxModel opened = open(SessionSettings.standard())) {
            return "loads: " + opened.inputs() + " -> " + opened.outputs();
        }
    }

    /** Opens the file, unless loading it could crash this process. */
    private OnnxModel open(SessionSettings settings) throws IOException {
        List<String> dangers =
                GraphChecker.dangers(OnnxOutline.read(model).file().graph());
        if (!dangers.isEmpty()) {
            throw new Fault("The model was not loaded: " + String.join(" ", dangers));
        }
        return OnnxModel.open(model, Device.cpu(), settings);
    }

    /** Runs the test data the way they were made: without optimisations, in one thread. */
    private String testData() throws IOException {
        SessionSettings exact = SessionSettings.standard()
                .withOptimisation(SessionSettings.Optimisation.NONE)
                .withThreads(1);
        int sets = 0;
        double worst = 0;
        try (OnnxModel opened = open(exact)) {
            for (Path set = testSet(sets); Files.isDirectory(set); set = testSet(sets)) {
                TestDataCheck.TestSetDifference difference = TestDataCheck.compare(opened, set);
                if (!difference.problem().isEmpty()) {
                    throw new Fault(set.getFileName() + ": " + difference.problem());
                }
                worst = Math.max(worst, difference.largest());
                sets++;
            }
        }
        return sets + " sets reproduced, largest difference " + ReadableNumbers.number(worst);
    }

    private Path testSet(int index) {
        return folder.resolve("test_data_set_" + index);
    }

    private String card() throws IOException {
        Optional<ModelCard> inside = CardMetadata.read(
                model.toString(), OnnxOutline.read(model).file().metadata());
        Path page = folder.resolve("README.md");
        if (inside.isEmpty()) {
            return "none: the file was not made by JZoo";
        }
        ModelCard card = inside.get();
        if (Files.exists(page) && !CardPage.read(page).equals(card)) {
            throw new Fault("The card in README.md differs from the card in the model's metadata.");
        }
        Path recipe = folder.resolve("recipe.json");
        if (!Files.exists(recipe)) {
            return card.id() + " " + card.version();
        }
        if (!Sha256.of(recipe).equals(card.recipe().sha256())) {
            throw new Fault("recipe.json has the SHA-256 " + Sha256.of(recipe) + ", expected from the card: "
                    + card.recipe().sha256() + ".");
        }
        return card.id() + " " + card.version() + ", recipe as the card says";
    }
}
