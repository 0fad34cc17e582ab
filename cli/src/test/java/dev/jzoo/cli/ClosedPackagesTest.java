package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.jzoo.zoo.annotation.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which packages of an artifact are its inside, and the names of its module: what a module-info.java would say. Why there is none
 * is told in docs/decisions/house/modules.md.
 */
class ClosedPackagesTest {

    private static final Path ROOT = Path.of("..");

    /** Packages that are not for applications, and the other artifacts of JZoo that use each. */
    private static final Map<String, Set<String>> CLOSED = Map.ofEntries(
            Map.entry("dev.jzoo.zoo.cache", Set.of("cli")),
            Map.entry("dev.jzoo.zoo.download", Set.of("cli", "datasets", "recipes")),
            Map.entry("dev.jzoo.inference.natives", Set.of("cli")),
            Map.entry("dev.jzoo.onnx.proto", Set.of()),
            Map.entry("dev.jzoo.export.djl.primitives", Set.of()),
            Map.entry("dev.jzoo.export.djl.recording", Set.of()),
            Map.entry("dev.jzoo.export.dl4j.keras.emission", Set.of()),
            Map.entry("dev.jzoo.export.dl4j.keras.hdf5", Set.of()),
            Map.entry("dev.jzoo.export.dl4j.keras.reference", Set.of()),
            Map.entry("dev.jzoo.export.dl4j.network", Set.of()),
            Map.entry("dev.jzoo.training.onnx.operators", Set.of()),
            Map.entry("dev.jzoo.finetune.base", Set.of("cli")),
            Map.entry("dev.jzoo.finetune.head", Set.of()),
            Map.entry("dev.jzoo.finetune.pictures", Set.of("cli")));

    /** Their types that public signatures of open packages still show, so that applications meet them. The list may only shrink. */
    private static final Set<String> SHOWN = Set.of(
            "dev.jzoo.finetune.base.Normalization",
            "dev.jzoo.zoo.cache.CacheCheck",
            "dev.jzoo.zoo.cache.CachedFile",
            "dev.jzoo.zoo.download.HttpDownloader",
            "dev.jzoo.zoo.download.Location",
            "dev.jzoo.zoo.download.Resource",
            "dev.jzoo.zoo.download.RetryPolicy",
            "dev.jzoo.export.dl4j.network.Dl4jSource",
            "dev.jzoo.export.dl4j.network.NetworkPart");

    @Test
    void aClosedPackageIsUsedByTheArtifactsOfTheTable() {
        Map<String, Set<String>> users = new TreeMap<>();
        CLOSED.keySet().forEach(name -> users.put(name, new TreeSet<>()));
        for (JavaClass type : HouseTest.CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass().getBaseComponentType();
                if (isClosed(used.getPackageName()) && !HouseTest.artifact(used).equals(HouseTest.artifact(type))) {
                    users.get(used.getPackageName()).add(HouseTest.artifact(type));
                }
            }
        }
        assertEquals(new TreeMap<>(CLOSED), users);
    }

    @Test
    void aClosedPackageIsMarked() {
        Set<String> marked = new TreeSet<>();
        for (JavaClass type : HouseTest.CLASSES) {
            if (type.getPackage().isAnnotatedWith(Internal.class)) {
                marked.add(type.getPackageName());
            }
        }
        assertEquals(new TreeSet<>(CLOSED.keySet()), marked);
    }

    /** Returns whether a type is marked {@link Internal}, or is in a type or package that is. */
    static boolean isInternal(JavaClass type) {
        return type.isAnnotatedWith(Internal.class)
                || isClosed(type.getPackageName())
                || type.getEnclosingClass().map(ClosedPackagesTest::isInternal).orElse(false);
    }

    @Test
    void anOpenTypeShowsTheseInternalOnesAndNoOthers() {
        Set<String> internal = HouseTest.CLASSES.stream()
                .filter(ClosedPackagesTest::isInternal)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        Set<String> shown = new TreeSet<>();
        for (JavaClass type : HouseTest.CLASSES) {
            if (HouseTest.isPublic(type)
                    && !isInternal(type)
                    && !HouseTest.artifact(type).equals("cli")) {
                HouseTest.signatures(type).values().stream()
                        .flatMap(Set::stream)
                        .map(name -> name.replaceFirst("\\$.*", ""))
                        .filter(internal::contains)
                        .forEach(shown::add);
            }
        }
        assertEquals(new TreeSet<>(SHOWN), shown);
    }

    @Test
    void noExampleUsesAClosedPackage() throws IOException {
        Pattern name = Pattern.compile("dev\\.jzoo(?:\\.[a-z0-9]+)+");
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                used.addAll(name.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group())
                        .toList());
            }
        }
        assertFalse(used.isEmpty());
        used.retainAll(CLOSED.keySet());
        assertEquals(Set.of(), used);
    }

    private static boolean isClosed(String packageName) {
        return CLOSED.containsKey(packageName);
    }

    @Test
    void aModuleIsNamedAfterTheRootPackageOfItsArtifact() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : elements(ROOT.resolve("pom.xml"), "module")) {
            Path sources = ROOT.resolve(module).resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                String name = String.join(" ", elements(ROOT.resolve(module).resolve("pom.xml"), "module.name"));
                Path folder = sources.resolve(name.replace('.', '/'));
                try (Stream<Path> files = Files.walk(sources.resolve("dev"))) {
                    List<Path> outside = files.filter(file -> Files.isRegularFile(file) && !file.startsWith(folder))
                            .toList();
                    assertEquals(List.of(), outside, module + " is named '" + name + "'");
                }
                names.add(name);
            }
        }
        Set<String> artifacts =
                HouseTest.ARROWS.keySet().stream().map(key -> "dev.jzoo." + key).collect(Collectors.toSet());
        artifacts.add("dev.jzoo.benchmarks");
        assertEquals(new TreeSet<>(artifacts), names);
    }

    private static List<String> elements(Path pom, String name) throws IOException {
        Matcher matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(Files.readString(pom));
        return matcher.results().map(found -> found.group(1)).distinct().toList();
    }
}
