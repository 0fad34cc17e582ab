package dev.jzoo.cli.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The BOM lists the published modules, and each module has the fields that a published POM needs of its own. */
class BomTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern MANAGED =
            Pattern.compile("<artifactId>(jzoo-[a-z0-9-]+)</artifactId>\\s*<version>([^<]*)</version>");

    @Test
    void theBomListsEachPublishedModule() throws IOException {
        // Literal, since a published BOM has no properties: the Flatten plugin keeps the table as it is.
        String version = pom("integrations/bom").replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
        Set<String> published = new TreeSet<>();
        for (String module : modules()) {
            String pom = pom(module);
            if (!pom.contains("<maven.deploy.skip>true</maven.deploy.skip>") && !module.equals("integrations/bom")) {
                published.add(artifact(pom));
            }
        }
        List<MatchResult> managed =
                MANAGED.matcher(table(pom("integrations/bom"))).results().toList();
        assertEquals(
                published,
                managed.stream().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new)),
                "Modules without maven.deploy.skip, and those in integrations/bom/pom.xml.");
        assertEquals(
                Set.of(version), managed.stream().map(found -> found.group(2)).collect(Collectors.toSet()));
    }

    /** The root's table is for the build, and has the modules that are not published too. */
    @Test
    void theRootListsEachArtifactOfTheBom() throws IOException {
        String root = table(Files.readString(ROOT.resolve("pom.xml")));
        List<String> missing = MANAGED.matcher(table(pom("integrations/bom")))
                .results()
                .map(found -> found.group(1))
                .filter(artifact -> !root.contains("<artifactId>" + artifact + "</artifactId>"))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void eachModuleHasANameAndADescriptionOfItsOwn() throws IOException {
        Set<String> seen = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (String module : modules()) {
            for (String element : List.of("name", "description")) {
                List<String> texts = Pattern.compile("(?m)^  <" + element + ">(.+)</" + element + ">$")
                        .matcher(pom(module))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
                if (texts.size() != 1 || !seen.add(texts.get(0))) {
                    wrong.add(module + "/pom.xml: <" + element + "> " + texts);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static List<String> modules() throws IOException {
        String root = Files.readString(ROOT.resolve("pom.xml"));
        List<String> modules = Pattern.compile("<module>(.*?)</module>")
                .matcher(root.substring(0, root.indexOf("</modules>")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertTrue(modules.size() > 15, modules.toString());
        return modules;
    }

    private static String pom(String module) throws IOException {
        return Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    }

    private static String artifact(String pom) {
        return pom.substring(pom.indexOf("</parent>")).replaceFirst("(?s).*?<artifactId>(.*?)</artifactId>.*", "$1");
    }

    private static String table(String pom) {
        return pom.substring(pom.indexOf("<dependencyManagement>"), pom.indexOf("</dependencyManagement>"));
    }
}
