package dev.jzoo.cli.release;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares each module's bill of materials (CycloneDX) with Maven's own list of the module's dependencies, and the command's with
 * the page of third-party libraries. {@code .ci/bundle} runs it in the checkout, after a build with the profile {@code release}.
 */
final class BillOfMaterials {

    /** A package URL, for example pkg:maven/org.slf4j/slf4j-api@2.0.17?classifier=linux-x86_64&amp;type=jar. */
    private static final Pattern PACKAGE =
            Pattern.compile("\"purl\" : \"pkg:maven/([^/]+)/([^@]+)@([^?\"]+)([^\"]*)\"");

    private static final Pattern CLASSIFIER = Pattern.compile("classifier=([^&]+)");

    /** A line of dependency:list, GROUP:ARTIFACT:TYPE[:CLASSIFIER]:VERSION:SCOPE. */
    private static final Pattern DEPENDENCY =
            Pattern.compile("(?m)^ +([^: ]+):([^:]+):[^:]+:(?:([^:]+):)?([^:]+):(?:compile|runtime)\\b.*$");

    /**
     * Folders of modules, each with a library that it declares for its tests although a dependency brings it. Maven's list leaves such a
     * library out; the bill of materials has it, since applications can get it.
     */
    private static final Set<String> NARROWED =
            Set.of("finetune ai.djl.pytorch:pytorch-engine:", "recipes org.bytedeco:openblas:");

    private BillOfMaterials() {}

    public static void main(String[] words) throws Exception {
        Path root = Path.of(words[0]);
        List<String> faults = new ArrayList<>();
        int compared = 0;
        try (Stream<Path> files = Files.walk(root, 4)) {
            for (Path bill : files.filter(file -> file.endsWith("target/bom.json"))
                    .sorted()
                    .toList()) {
                Path list = bill.resolveSibling("dependencies.txt");
                if (Files.isRegularFile(list)) {
                    faults.addAll(differences(bill, list));
                    compared++;
                }
            }
        }
        Path page = root.resolve(ThirdParty.PAGE);
        faults.addAll(differences(
                page.toString(),
                ThirdParty.listed(Files.readString(page)),
                "cli/target/dependencies.txt",
                withoutClassifiers(dependencies(Files.readString(root.resolve("cli/target/dependencies.txt"))))));
        if (compared == 0) {
            faults.add("No module has a target/bom.json and a target/dependencies.txt. Build with -Prelease.");
        }
        if (!faults.isEmpty()) {
            faults.forEach(System.err::println);
            System.exit(1);
        }
        System.out.println(
                "The bills of materials of " + compared + " modules list what Maven lists, and so does " + page + ".");
    }

    static List<String> differences(Path bill, Path list) throws IOException {
        String module =
                bill.toAbsolutePath().getParent().getParent().getFileName().toString();
        Set<String> components = components(Files.readString(bill));
        components.removeIf(component -> NARROWED.stream().anyMatch((module + " " + component)::startsWith));
        return differences(bill.toString(), components, list.toString(), dependencies(Files.readString(list)));
    }

    /** Returns the components as GROUP:ARTIFACT:VERSION[:CLASSIFIER], without the artifact that the bill is about. */
    static Set<String> components(String bill) {
        return PACKAGE.matcher(bill)
                .results()
                .skip(1)
                .map(BillOfMaterials::component)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String component(MatchResult found) {
        Matcher classifier = CLASSIFIER.matcher(found.group(4));
        return URLDecoder.decode(
                found.group(1) + ":" + found.group(2) + ":" + found.group(3)
                        + (classifier.find() ? ":" + classifier.group(1) : ""),
                StandardCharsets.UTF_8);
    }

    static Set<String> dependencies(String list) {
        return DEPENDENCY
                .matcher(list)
                .results()
                .map(found -> found.group(1) + ":" + found.group(2) + ":" + found.group(4)
                        + (found.group(3) == null ? "" : ":" + found.group(3)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> withoutClassifiers(Set<String> dependencies) {
        return dependencies.stream()
                .filter(dependency -> !dependency.startsWith("dev.jzoo:"))
                .map(dependency -> dependency.replaceFirst("^([^:]+:[^:]+:[^:]+):.*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static List<String> differences(String name, Set<String> some, String otherName, Set<String> others) {
        List<String> differences = new ArrayList<>();
        Set<String> missing = new TreeSet<>(others);
        missing.removeAll(some);
        missing.forEach(one -> differences.add(name + " lacks " + one + ", which " + otherName + " has."));
        Set<String> extra = new TreeSet<>(some);
        extra.removeAll(others);
        extra.forEach(one -> differences.add(name + " has " + one + ", which " + otherName + " lacks."));
        return differences;
    }
}
