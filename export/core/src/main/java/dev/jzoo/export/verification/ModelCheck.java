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
 * The checks of one model against all that is claimed of it: digest, structure, loading, test data, card. A check that fails
 * is a result, not an exception.
 */
public final class ModelCheck {

    private final Path model;
    private final Path folder;
    private final List<CheckResult> checks = new ArrayList<>();

    private ModelCheck(Path model) {
        this.model = model;
        this.folder = model.toAbsolutePath().getParent();
    }

    /** Something that is looked at. Returns what was found; throws what is wrong. */
    private interface CheckAction {
        String look() throws IOException;
    }

    /** Something that is looked at with a result of its own. */
    private interface CheckMaker {
        CheckResult make() throws IOException;
    }

    /** What is wrong, in words. */
    private static final class Wrong extends IOException {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    /** Checks a file, with what lies beside it. */
    public static List<CheckResult> of(Path model) {
        ModelCheck check = new ModelCheck(model);
        check.file();
        return check.checks;
    }

    /**
     * Checks a file, with what lies beside it, against an entry of a manifest.
     *
     * @param listed what the manifest says of the file and of those beside it
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
     * Fails with INTEGRITY where the model in a folder does not verify.
     *
     * @param model the {@code .onnx} file
     * @param what would have been done with it: "published"
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
                    "Nothing was " + what + ": " + model.getParent() + " does not verify. " + faults,
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

    /** The manifest's paths begin with id and version; the folder here stands for those two. */
    private String digest(Manifest.Entry entry) throws IOException {
        List<Manifest.FileDigest> files =
                entry.published().map(Manifest.PublishedFiles::files).orElse(List.of(entry.file()));
        String prefix = entry.file().path().substring(0, entry.file().path().lastIndexOf('/') + 1);
        for (Manifest.FileDigest file : files) {
            Path path = folder.resolve(file.path().substring(prefix.length()));
            if (!Files.isRegularFile(path)) {
                throw new Wrong(file.path() + " is missing.");
            }
            if (Files.size(path) != file.bytes()) {
                throw new Wrong(
                        file.path() + " has " + Files.size(path) + " bytes, the manifest says " + file.bytes() + ".");
            }
            if (!Sha256.of(path).equals(file.sha256())) {
                throw new Wrong(file.path() + " has the SHA-256 " + Sha256.of(path) + ", the manifest says "
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
                    "not supported here: opset " + opset + ", of which the newest that is known is "
                            + GraphChecker.newestOpset());
        }
        List<String> faults = GraphChecker.faults(outline.file());
        if (!faults.isEmpty()) {
            throw new Wrong(String.join(" ", faults));
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
                        + (foreign == 0 ? "" : "; " + nodes(foreign) + " of other domains left to the runtime")
                        + (outline.unsupported().isEmpty()
                                ? ""
                                : "; not supported here: " + String.join("; ", outline.unsupported())));
    }

    private static String nodes(long number) {
        return number + (number == 1 ? " node" : " nodes");
    }

    private void requireWeights(OnnxOutline outline) throws Wrong {
        for (String external : outline.external()) {
            if (!Files.isRegularFile(folder.resolve(external))) {
                throw new Wrong("Weights lie in '" + external + "', which is no file beside the model.");
            }
        }
    }

    private String runtime() throws IOException {
        try (OnnxModel opened = open(SessionSettings.standard())) {
            return "loads: " + opened.inputs() + " -> " + opened.outputs();
        }
    }

    /** Opens the file, unless that could end this process. */
    private OnnxModel open(SessionSettings settings) throws IOException {
        List<String> dangers =
                GraphChecker.dangers(OnnxOutline.read(model).file().graph());
        if (!dangers.isEmpty()) {
            throw new Wrong("It was not loaded: " + String.join(" ", dangers));
        }
        return OnnxModel.open(model, Device.cpu(), settings);
    }

    /** As the test data were made: without optimisations, in one thread. */
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
                    throw new Wrong(set.getFileName() + ": " + difference.problem());
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
            throw new Wrong("README.md has another card than the model's metadata.");
        }
        Path recipe = folder.resolve("recipe.json");
        if (!Files.exists(recipe)) {
            return card.id() + " " + card.version();
        }
        if (!Sha256.of(recipe).equals(card.recipe().sha256())) {
            throw new Wrong("recipe.json has the SHA-256 " + Sha256.of(recipe) + ", the card says "
                    + card.recipe().sha256() + ".");
        }
        return card.id() + " " + card.version() + ", recipe as the card says";
    }
}
