package dev.jzoo.cli.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The libraries of other projects that the command uses, read from the class path, with the licences that their POMs name. */
final class ThirdParty {

    static final String PAGE = "docs/third-party.md";

    /** Groups on the class path of this module's tests that the command does not use; {@link BillOfMaterials} confirms it. */
    private static final Set<String> FOR_TESTS = Set.of(
            "ai.djl.onnxruntime",
            "com.tngtech.archunit",
            "org.apiguardian",
            "org.junit.jupiter",
            "org.junit.platform",
            "org.opentest4j");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`:]+:[^`]+)` \\| ([^ |]+) \\|");

    private ThirdParty() {}

    /** Returns the rows of the page's table: | `group:artifact` | version | licence |. */
    static Set<String> rows() throws Exception {
        Set<String> rows = new TreeSet<>();
        for (String jar : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            Path folder = Path.of(jar).toAbsolutePath().getParent();
            Path artifact = folder.getParent();
            String name = artifact.getFileName() + "-" + folder.getFileName();
            Path pom = folder.resolve(name + ".pom");
            if (jar.endsWith(".jar") && Files.isRegularFile(pom)) {
                String group = group(pom);
                if (!FOR_TESTS.contains(group) && !group.equals("dev.jzoo")) {
                    String library = group + ":" + artifact.getFileName();
                    rows.add("| `" + library + "` | " + folder.getFileName() + " | " + licence(pom) + " |");
                }
            }
        }
        return rows;
    }

    /** Returns the libraries of a page as GROUP:ARTIFACT:VERSION. */
    static Set<String> listed(String page) {
        return ROW.matcher(page)
                .results()
                .map(row -> row.group(1) + ":" + row.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String group(Path pom) throws Exception {
        Element project = project(pom);
        List<Element> own = children(project, "groupId");
        Element owner = own.isEmpty() ? children(project, "parent").get(0) : project;
        return children(owner, "groupId").get(0).getTextContent().strip();
    }

    /** The licences that the POM names, or else those of its parent. The user may choose one of several. */
    private static String licence(Path pom) throws Exception {
        Element project = project(pom);
        List<String> licences = new ArrayList<>();
        for (Element all : children(project, "licenses")) {
            for (Element one : children(all, "license")) {
                licences.add(identifier(text(one, "name"), text(one, "url"), pom));
            }
        }
        if (!licences.isEmpty()) {
            return String.join(" or ", licences);
        }
        List<Element> parents = children(project, "parent");
        if (parents.isEmpty()) {
            throw new IllegalStateException(pom + " names no licence.");
        }
        return licence(parent(pom, parents.get(0)));
    }

    private static Path parent(Path pom, Element parent) throws IOException {
        Path repository = pom;
        while (!repository.endsWith("repository")) {
            repository = repository.getParent();
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        return repository
                .resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
    }

    /** The SPDX identifier of a licence. */
    private static String identifier(String name, String url, Path pom) {
        String words = name.toLowerCase(java.util.Locale.ROOT);
        if (words.contains("apache")) {
            return "Apache-2.0";
        } else if (words.startsWith("mit")) {
            return "MIT";
        } else if (words.contains("bsd")) {
            return "BSD-3-Clause";
        } else if (words.contains("lgpl")) {
            return "LGPL-2.1-or-later";
        } else if (words.contains("classpath exception")) {
            return "GPL-2.0-only WITH Classpath-exception-2.0";
        } else if (words.contains("(gpl) version 2, or any later")) {
            return "GPL-2.0-or-later";
        } else if (words.equals("eclipse public license") && url.endsWith("epl-v10.html")) {
            return "EPL-1.0";
        }
        throw new IllegalStateException(
                pom + " has the licence '" + name + "' (" + url + "), unknown here. Add its SPDX identifier.");
    }

    private static Element project(Path pom) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
