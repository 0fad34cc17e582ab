package dev.jzoo.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The parts of a pom.xml that tests read. */
final class PomFile {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]*)}");

    private final Element project;

    private PomFile(Element project) {
        this.project = project;
    }

    static PomFile read(Path file) throws Exception {
        return new PomFile(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement());
    }

    /** Returns the folders of the modules that are always built. */
    List<String> modules() {
        return children(child(project, "modules"), "module").stream()
                .map(Node::getTextContent)
                .toList();
    }

    /** Returns the artifact's name. */
    String artifactId() {
        return text(project, "artifactId");
    }

    /** Returns the parent's version. */
    String version() {
        return text(child(project, "parent"), "version");
    }

    /** Returns group, artifact and version, joined by colons, of each dependency in the table of versions. */
    Set<String> managed() {
        Set<String> coordinates = new TreeSet<>();
        Element table = child(child(project, "dependencyManagement"), "dependencies");
        for (Element dependency : children(table, "dependency")) {
            coordinates.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId") + ":"
                    + resolved(text(dependency, "version")));
        }
        return coordinates;
    }

    private String resolved(String version) {
        Element properties = child(project, "properties");
        return PROPERTY.matcher(version)
                .replaceAll(found -> found.group(1).equals("project.version")
                        ? text(project, "version")
                        : text(properties, found.group(1)));
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent().strip();
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        if (found.isEmpty()) {
            throw new IllegalArgumentException("<" + parent.getTagName() + "> has no <" + name + ">.");
        }
        return found.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
