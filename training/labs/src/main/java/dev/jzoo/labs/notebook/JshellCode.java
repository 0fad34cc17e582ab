package dev.jzoo.labs.notebook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a class as code for JShell, which has neither a class around it nor access modifiers. */
final class JshellCode {

    /** The first line of a declaration: not a comment, not an annotation. */
    private static final Pattern DECLARATION = Pattern.compile("^(?![ /*@}]).*", Pattern.MULTILINE);

    private static final Pattern MODIFIERS = Pattern.compile("^((private|protected|public|static|final) )+");

    private static final Pattern TYPE_NAME = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    /** The name of a method before its parameters, or of a field before its value. */
    private static final Pattern MEMBER_NAME = Pattern.compile("(\\w+)\\s*[(=;]");

    private static final Pattern COMMENT = Pattern.compile("//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    /** A statement whose value JShell would print: a call, an assignment or an increment. */
    private static final Pattern VALUE = Pattern.compile(
            "^(?:new )?[\\w.]+(?:\\[[^]]*])*(?:\\.\\w+)*\\s*(?:\\(|[-+*/%&|^]?=[^=]|<<=|>>=|\\+\\+|--)|^(?:\\+\\+|--)");

    private JshellCode() {}

    /**
     * Returns definitions without access modifiers: types first, then methods and constants, each after the ones in its code. JShell
     * rejects a method whose parameters have a type that it does not know yet, but the body of a type may name what follows.
     * Otherwise they keep their order. Constants that follow each other are one cell.
     */
    static List<String> definitions(List<String> source) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String definition : source) {
            String code = withoutModifiers(definition);
            byName.merge(name(code), code, (first, overload) -> first + "\n" + overload);
        }
        Map<String, String> types = new LinkedHashMap<>(byName);
        types.values().removeIf(code -> !isType(code));
        Set<String> ordered = new LinkedHashSet<>();
        for (String name : types.keySet()) {
            place(name, types, new LinkedHashSet<>(), ordered);
        }
        for (String name : byName.keySet()) {
            place(name, byName, new LinkedHashSet<>(), ordered);
        }
        List<String> cells = new ArrayList<>();
        for (String name : ordered) {
            String code = byName.get(name);
            int last = cells.size() - 1;
            if (last >= 0 && isConstant(code) && isConstant(cells.get(last))) {
                cells.set(last, cells.get(last) + "\n" + code);
            } else {
                cells.add(code);
            }
        }
        return cells;
    }

    /** Places what a definition mentions, then the definition. One that waits for this one already (a recursion) is left out. */
    private static void place(String name, Map<String, String> byName, Set<String> waiting, Set<String> ordered) {
        if (ordered.contains(name) || !waiting.add(name)) {
            return;
        }
        Set<String> words = Set.copyOf(new LinkedHashSet<>(
                List.of(COMMENT.matcher(byName.get(name)).replaceAll(" ").split("\\W+"))));
        for (String other : byName.keySet()) {
            if (words.contains(other)) {
                place(other, byName, waiting, ordered);
            }
        }
        ordered.add(name);
    }

    /** Returns statements that show no value of their own: after an empty statement, JShell prints none. */
    static String statements(String code) {
        String last = "";
        for (String line : code.split("\n")) {
            if (!line.isBlank() && !line.startsWith(" ") && !line.startsWith("//")) {
                last = line;
            }
        }
        return !last.startsWith("page.") && VALUE.matcher(last).find() ? code.stripTrailing() + "\n;\n" : code;
    }

    private static String withoutModifiers(String definition) {
        Matcher declaration = DECLARATION.matcher(definition);
        if (!declaration.find()) {
            return definition;
        }
        String head = MODIFIERS.matcher(declaration.group()).replaceFirst("");
        return definition.substring(0, declaration.start()) + head + definition.substring(declaration.end());
    }

    private static String name(String code) {
        String head = head(code);
        Matcher type = TYPE_NAME.matcher(head);
        if (type.find()) {
            return type.group(1);
        }
        Matcher member = MEMBER_NAME.matcher(head);
        return member.find() ? member.group(1) : head;
    }

    /** Returns the first line of a declaration. */
    private static String head(String code) {
        Matcher declaration = DECLARATION.matcher(code);
        return declaration.find() ? declaration.group() : code;
    }

    private static boolean isType(String code) {
        return TYPE_NAME.matcher(head(code)).find();
    }

    private static boolean isConstant(String code) {
        String bare = COMMENT.matcher(code).replaceAll("").strip();
        return bare.endsWith(";") && !TYPE_NAME.matcher(bare).find();
    }
}
