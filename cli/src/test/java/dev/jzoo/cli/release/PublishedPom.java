package dev.jzoo.cli.release;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The POM of a published artifact. It stands alone: it has no parent and no properties. */
final class PublishedPom {

    /** Elements that public repositories require, as XPath. */
    private static final List<String> REQUIRED = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    /** Elements that belong to the build. A published POM has none of them. */
    private static final List<String> OF_THE_BUILD =
            List.of("parent", "properties", "build", "profiles", "modules", "repositories", "pluginRepositories");

    private static final XPath XPATH = XPathFactory.newInstance().newXPath();

    private final Document document;
    private final String text;

    private PublishedPom(Document document, String text) {
        this.document = document;
        this.text = text;
    }

    static PublishedPom read(Path file) throws Exception {
        return new PublishedPom(
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()), Files.readString(file));
    }

    /** The names of the artifacts in the dependency management. */
    Set<String> managedArtifacts() throws XPathExpressionException {
        return new TreeSet<>(texts("/project/dependencyManagement/dependencies/dependency/artifactId"));
    }

    /** Returns what is wrong with the POM of an artifact in a bundle of a version with certain artifacts. */
    List<String> faults(String artifact, String version, Set<String> artifacts) throws XPathExpressionException {
        List<String> faults = new ArrayList<>();
        String pom = artifact + "-" + version + ".pom ";
        for (String element : REQUIRED) {
            if (texts("/project/" + element).stream().allMatch(String::isBlank)) {
                faults.add(pom + "has no <" + element + ">.");
            }
        }
        for (String element : OF_THE_BUILD) {
            if (!texts("/project/" + element).isEmpty()) {
                faults.add(pom + "has <" + element + ">, which belongs to the build.");
            }
        }
        require(faults, pom + "<groupId>", "dev.jzoo", text("/project/groupId"));
        require(faults, pom + "<artifactId>", artifact, text("/project/artifactId"));
        require(faults, pom + "<version>", version, text("/project/version"));
        if (text.contains("${")) {
            faults.add(pom + "has a property that is not resolved: " + text.replaceAll("(?s).*?(\\$\\{.*?}).*", "$1"));
        }
        if (text.contains("SNAPSHOT")) {
            faults.add(pom + "names a SNAPSHOT.");
        }
        if (!texts("//dependency/scope[.='test']").isEmpty()) {
            faults.add(pom + "has dependencies of scope test.");
        }
        if (texts("//dependency").size() != texts("//dependency/version").size()) {
            faults.add(pom + "has a dependency without a version.");
        }
        for (String used : texts("//dependency[groupId='dev.jzoo']/artifactId")) {
            if (!artifacts.contains(used)) {
                faults.add(pom + "needs " + used + ", which is not in the bundle.");
            }
        }
        for (String other : texts("//dependency[groupId='dev.jzoo']/version")) {
            require(faults, pom + "<dependency>", version, other);
        }
        return faults;
    }

    private static void require(List<String> faults, String place, String expected, String found) {
        if (!expected.equals(found)) {
            faults.add(place + " has '" + found + "'; expected '" + expected + "'.");
        }
    }

    private String text(String path) throws XPathExpressionException {
        return String.join(" ", texts(path));
    }

    private List<String> texts(String path) throws XPathExpressionException {
        NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}
