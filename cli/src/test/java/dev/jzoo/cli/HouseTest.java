package dev.jzoo.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests of the structure that ARCHITECTURE.md describes: allowed uses between artifacts, types in public signatures, sizes
 * of files and packages.
 */
class HouseTest {

    private static final Path ROOT = Path.of("..");
    private static final int MOST_FILES_IN_A_PACKAGE = 40;
    private static final int MOST_LINES_IN_A_FILE = 350;
    private static final int MOST_IMPORTS_OF_A_FAMILY = 15;

    /** Root package of each artifact, and the artifacts that it may use. The longest prefix of a package decides. */
    static final Map<String, Set<String>> ARROWS = arrows();

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jzoo");

    private static Map<String, Set<String>> arrows() {
        Map<String, Set<String>> direct = new LinkedHashMap<>();
        direct.put("zoo", Set.of());
        direct.put("numerics", Set.of());
        direct.put("datasets", Set.of("zoo", "numerics"));
        direct.put("inference", Set.of("zoo"));
        direct.put("onnx", Set.of("zoo"));
        direct.put("export", Set.of("onnx", "inference"));
        direct.put("export.testing", Set.of("export"));
        direct.put("export.djl", Set.of("export"));
        direct.put("export.dl4j", Set.of("export"));
        direct.put("scratch", Set.of());
        direct.put("export.scratch", Set.of("export", "scratch"));
        direct.put("report", Set.of());
        direct.put("training.testing", Set.of());
        direct.put("training", Set.of("datasets", "export", "numerics", "report"));
        direct.put("training.djl", Set.of("training", "export.djl"));
        direct.put("training.dl4j", Set.of("training", "export.dl4j"));
        direct.put("training.scratch", Set.of("training", "export.scratch"));
        direct.put("training.onnx", Set.of("onnx"));
        direct.put("finetune", Set.of("training", "report", "numerics", "training.onnx", "training.djl"));
        direct.put("recipes", Set.of("finetune", "training", "training.djl", "training.dl4j"));
        direct.put("labs", Set.of("scratch", "export.scratch", "recipes"));
        direct.put("djl", Set.of("inference"));
        direct.put("cli", Set.of("recipes", "labs"));
        Map<String, Set<String>> all = new LinkedHashMap<>();
        direct.forEach((artifact, uses) -> {
            Set<String> reached = new TreeSet<>(uses);
            uses.forEach(used -> reached.addAll(all.get(used)));
            all.put(artifact, reached);
        });
        return all;
    }

    static String artifact(JavaClass type) {
        String name = type.getPackageName().replaceFirst("^dev\\.jzoo\\.", "") + ".";
        return ARROWS.keySet().stream()
                .filter(prefix -> name.startsWith(prefix + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()))
                .orElse("no artifact: " + type.getName());
    }

    @Test
    void noArrowBetweenArtifactsPointsBack() {
        Set<String> seen = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = artifact(type);
            seen.add(from);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith("dev.jzoo")) {
                    String to = artifact(target);
                    if (!from.equals(to) && !ARROWS.getOrDefault(from, Set.of()).contains(to)) {
                        wrong.add(from + " -> " + to + ": " + type.getName() + " uses " + target.getName());
                    }
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertEquals(new TreeSet<>(ARROWS.keySet()), seen, "Artifacts of the table that have classes.");
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("dev.jzoo.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Libraries that may be replaced one day, with the packages that are about them. */
    private static final Map<String, List<String>> SUBJECTS = Map.of(
            "com.google.protobuf", List.of("dev.jzoo.onnx.proto"),
            "dev.jzoo.onnx.proto", List.of("dev.jzoo.onnx.proto"),
            "ai.onnxruntime", List.of(),
            "ai.djl",
                    List.of(
                            "dev.jzoo.export.djl",
                            "dev.jzoo.training.djl",
                            "dev.jzoo.training.onnx",
                            "dev.jzoo.recipes.text",
                            "dev.jzoo.djl"),
            "org.deeplearning4j", List.of("dev.jzoo.export.dl4j", "dev.jzoo.training.dl4j", "dev.jzoo.recipes.text"),
            "org.nd4j", List.of("dev.jzoo.export.dl4j", "dev.jzoo.training.dl4j", "dev.jzoo.recipes.text"));

    @Test
    void noPublicSignatureHasATypeOfALibraryThatIsNotItsSubject() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (isPublic(type)) {
                signatures(type)
                        .forEach((member, types) -> types.forEach(used -> SUBJECTS.forEach((library, subjects) -> {
                            if (isIn(used, library)
                                    && subjects.stream().noneMatch(subject -> isIn(type.getName(), subject))) {
                                wrong.add(member + " has " + used);
                            }
                        })));
            }
        }
        assertEquals(Set.of(), wrong);
    }

    private static boolean isIn(String name, String library) {
        return name.startsWith(library + ".");
    }

    static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(HouseTest::isPublic).orElse(true);
    }

    static Map<String, Set<String>> signatures(JavaClass type) {
        Map<String, Set<String>> signatures = new TreeMap<>();
        type.getRawSuperclass().ifPresent(parent -> signatures.put(type.getName(), Set.of(parent.getName())));
        for (JavaField field : type.getFields()) {
            if (isOpen(field.getModifiers())) {
                signatures.put(field.getFullName(), involved(Stream.of(field.getType())));
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            if (isOpen(unit.getModifiers())) {
                Set<String> types =
                        involved(Stream.concat(unit.getParameterTypes().stream(), Stream.of(unit.getReturnType())));
                unit.getExceptionTypes().forEach(e -> types.add(e.getName()));
                signatures.put(unit.getFullName(), types);
            }
        }
        return signatures;
    }

    /** Returns types with the elements of arrays and the arguments of generic types. */
    private static Set<String> involved(Stream<JavaType> types) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(type -> type.getBaseComponentType().getName())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    @Test
    void onlyTheZooUsesTheNetwork() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String used = dependency.getTargetClass().getName();
                if (!artifact(type).equals("zoo")
                        && (used.startsWith("java.net.http.")
                                || used.startsWith("java.net.Socket")
                                || used.endsWith("URLConnection"))) {
                    wrong.add(type.getName() + " uses " + used);
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void noPackageIsCrowdedAndNoFileIsLong() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (Path source : sources()) {
            files.merge(source.getParent(), 1, Integer::sum);
            long lines = Files.readAllLines(source).size();
            if (lines > MOST_LINES_IN_A_FILE) {
                wrong.add(source + " has " + lines + " lines");
            }
        }
        files.forEach((folder, count) -> {
            if (count > MOST_FILES_IN_A_PACKAGE) {
                wrong.add(folder + " has " + count + " files");
            }
        });
        assertEquals(List.of(), wrong);
        assertTrue(files.size() > 40, files.size() + " packages");
    }

    @Test
    void aSimpleNameMeansOneThing() {
        Map<String, Set<String>> types = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            if (!type.isAnonymousClass()
                    && !type.isLocalClass()
                    && !type.getSimpleName().equals("package-info")
                    && !type.getPackageName().equals("dev.jzoo.onnx.proto")) {
                types.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getName());
            }
        }
        types.values().removeIf(names -> names.size() == 1);
        assertEquals(Map.of(), types);
    }

    @Test
    void aFamilyOfRecipesImportsLittle() throws IOException {
        Map<String, Long> wrong = new TreeMap<>();
        for (String family : List.of(
                "pictures/PictureClassifier",
                "signals/SignalClassification",
                "series/SeriesForecast",
                "tables/TableRegression",
                "text/LanguageModel")) {
            Path file = ROOT.resolve("training/recipes/src/main/java/dev/jzoo/recipes/" + family + ".java");
            long imports = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("import "))
                    .count();
            if (imports > MOST_IMPORTS_OF_A_FAMILY) {
                wrong.put(family, imports);
            }
        }
        assertEquals(Map.of(), wrong);
    }

    private static List<Path> sources() throws IOException {
        List<Path> modules = Arrays.stream(
                        Files.readString(ROOT.resolve("pom.xml")).split("\\R"))
                .map(String::strip)
                .filter(line -> line.startsWith("<module>"))
                .map(line -> ROOT.resolve(line.replaceAll("</?module>", "")))
                .toList();
        List<Path> sources = new ArrayList<>();
        for (Path module : modules) {
            Path main = module.resolve("src/main/java");
            if (Files.isDirectory(main)) {
                try (Stream<Path> files = Files.walk(main)) {
                    sources.addAll(files.filter(file -> file.toString().endsWith(".java"))
                            .collect(Collectors.toList()));
                }
            }
        }
        return sources;
    }
}
