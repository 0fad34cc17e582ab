package dev.jzoo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A check of the prose in documents and main sources for habits that make it hard to read. It reads its rules from
 * {@code plain-english.tsv}. Run it on some folders, from the checkout, with
 * {@code java cli/src/test/java/dev/jzoo/cli/PlainEnglish.java zoo docs}.
 */
final class PlainEnglish {

    /** One place in a file where the prose breaks a rule. */
    record Finding(Path file, int line, String found, String advice) {

        @Override
        public String toString() {
            return file + ":" + line + ": '" + found + "'; write " + advice;
        }
    }

    /** A piece of prose. An opening is the beginning of a Javadoc comment; a method's begins with a verb. */
    private record Prose(int line, String text, boolean opening, boolean ofMethod) {}

    private record Rule(boolean opening, Pattern pattern, String advice) {}

    static final int MOST_WORDS = 35;

    private static final Path RULES = Path.of("cli/src/test/resources/plain-english.tsv");
    private static final Pattern JAVA_PROSE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'",
            Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(
            "\\s*(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:(?:public|protected|private|static|final|abstract|default|synchronized|native)\\s+)*"
                    + "(?:<[^(]*?>\\s+)?(?!new\\b|return\\b|record\\b)[\\w.\\[\\]]+(?:<[^(;={]*>)?(?:\\[])*\\s+\\w+\\s*\\(");
    private static final Pattern VERB = Pattern.compile("\\{@inheritDoc}.*|\\w*[a-z]s\\b.*", Pattern.DOTALL);

    private final Path root;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> published = new ArrayList<>();

    PlainEnglish(Path root) throws IOException {
        this.root = root;
        for (String line : Files.readAllLines(root.resolve(RULES))) {
            String[] parts = line.split("\t");
            if (parts[0].equals("published")) {
                published.add(parts[1]);
            } else if (!line.startsWith("#")) {
                rules.add(new Rule(parts[0].equals("opening"), Pattern.compile(parts[1]), parts[2]));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        PlainEnglish check = new PlainEnglish(Path.of(""));
        List<Finding> findings = new ArrayList<>();
        for (String argument : arguments) {
            findings.addAll(check.findings(Path.of(argument)));
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        findings.forEach(out::println);
        out.println(findings.size() + " findings");
    }

    /** Returns what is wrong in a file, or in the documents and main sources in a folder. */
    List<Finding> findings(Path place) throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(place))) {
            for (Path file : files.filter(this::isProse)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                String text = Files.readString(file).replace("\r\n", "\n");
                for (Prose prose : file.toString().endsWith(".md") ? document(text) : source(text)) {
                    check(root.relativize(file), prose, findings);
                }
            }
        }
        return findings;
    }

    private boolean isProse(Path file) {
        String path = "/" + root.relativize(file).toString().replace('\\', '/');
        if (path.contains("/target/")
                || path.contains("/runs/")
                || path.contains("/src/test/")
                || path.contains("/zoo/models/")
                || path.contains("/.git/")) {
            return false;
        }
        return path.endsWith(".md") || path.endsWith(".java");
    }

    private void check(Path file, Prose prose, List<Finding> findings) {
        if (published.stream().anyMatch(prose.text()::contains)) {
            return;
        }
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(prose.text());
            if (rule.opening()) {
                if (prose.opening() && matcher.lookingAt()) {
                    findings.add(new Finding(file, prose.line(), beginning(prose.text()), rule.advice()));
                }
                continue;
            }
            while (matcher.find()) {
                int from = Math.max(0, matcher.start() - 25);
                int to = Math.min(prose.text().length(), matcher.end() + 25);
                findings.add(new Finding(file, prose.line(), prose.text().substring(from, to), rule.advice()));
            }
        }
        if (prose.ofMethod() && !VERB.matcher(prose.text()).matches()) {
            findings.add(new Finding(
                    file, prose.line(), beginning(prose.text()), "a verb first, as in \"Returns the ...\""));
        }
        for (String sentence : prose.text().split("(?<=[.!?:;])\\s+")) {
            int words = sentence.trim().split("\\s+").length;
            if (words > MOST_WORDS) {
                findings.add(new Finding(
                        file,
                        prose.line(),
                        beginning(sentence),
                        "shorter sentences, this one has " + words + " words"));
            }
        }
    }

    private static String beginning(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    /** Paragraphs, list items and rows of a Markdown file, without code. */
    private static List<Prose> document(String text) {
        List<Prose> found = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        boolean code = false;
        int begin = 1;
        String[] lines = (text + "\n\n").split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            boolean fence = line.strip().startsWith("```");
            boolean indented = line.startsWith("    ") && paragraph.isEmpty();
            boolean breaks = line.isBlank() || fence || indented || line.matches("\\s*([-*#|]|\\d+\\.) ?.*");
            if (breaks && !paragraph.isEmpty()) {
                found.add(new Prose(begin, paragraph.toString(), false, false));
                paragraph.setLength(0);
            }
            code ^= fence;
            if (code || fence || indented || line.isBlank()) {
                continue;
            }
            if (line.startsWith("|")) {
                for (String cell : line.split("\\|")) {
                    found.add(new Prose(i + 1, withoutCode(cell.strip()), false, false));
                }
                continue;
            }
            if (paragraph.isEmpty()) {
                begin = i + 1;
            }
            paragraph
                    .append(paragraph.isEmpty() ? "" : " ")
                    .append(withoutCode(line.strip().replaceFirst("^([-*#]+|\\d+\\.) +", "")));
        }
        return found;
    }

    private static String withoutCode(String text) {
        return text.replaceAll("`[^`]*`", "`x`").replaceAll("\\]\\([^)]*\\)", "]");
    }

    /** Comments and string literals of a Java file. */
    private static List<Prose> source(String text) {
        List<Prose> found = new ArrayList<>();
        Matcher matcher = JAVA_PROSE.matcher(text);
        StringBuilder lines = new StringBuilder();
        int begin = 0;
        int end = -1;
        while (matcher.find()) {
            String piece = matcher.group();
            int line = (int) text.substring(0, matcher.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count()
                    + 1;
            boolean comment = piece.startsWith("//");
            // Adjacent line comments, and literals joined by +, are one text.
            boolean joined = end >= 0
                    && (comment
                            ? text.substring(end, matcher.start()).isBlank()
                            : text.substring(end, matcher.start()).matches("\\s*\\+\\s*"));
            if (!joined && !lines.isEmpty()) {
                found.add(new Prose(begin, lines.toString(), false, false));
                lines.setLength(0);
            }
            end = -1;
            if (piece.startsWith("/*")) {
                found.addAll(comment(
                        piece,
                        line,
                        METHOD.matcher(text)
                                .region(matcher.end(), text.length())
                                .lookingAt()));
            } else if (!piece.startsWith("'")) {
                if (lines.isEmpty()) {
                    begin = line;
                }
                lines.append(comment ? piece.substring(2).strip() + " " : literal(piece));
                end = matcher.end();
            }
        }
        if (!lines.isEmpty()) {
            found.add(new Prose(begin, lines.toString(), false, false));
        }
        return found;
    }

    private static String literal(String piece) {
        int quotes = piece.startsWith("\"\"\"") ? 3 : 1;
        return piece.substring(quotes, piece.length() - quotes)
                .replace("\\n", " ")
                .replace("\\\"", "\"");
    }

    /** The description and each tag of a comment. */
    private static List<Prose> comment(String piece, int line, boolean ofMethod) {
        List<Prose> found = new ArrayList<>();
        boolean javadoc = piece.startsWith("/**");
        String body = piece.replaceAll("^/\\*+|\\*/$", "")
                .replaceAll("(?m)^\\s*\\* ?", "")
                .replaceAll("(?s)<pre>.*?</pre>", "");
        String[] parts = body.strip().split("\\n\\s*(?=@\\w+)|\\n\\s*(?=<(p|li|dt|dd)>)");
        for (int i = 0; i < parts.length; i++) {
            String text = parts[i].replaceAll("^@(param|throws|exception)\\s+\\S+|^@(return|see)\\b", "")
                    .replaceAll("\\{@(code|link|linkplain|value) ([^{}]*|[^{}]*\\{[^{}]*\\}[^{}]*)\\}", "`x`")
                    .replaceAll("<[^>]*>", "")
                    .replaceAll("\\s+", " ")
                    .strip();
            boolean first = i == 0 && javadoc && !parts[0].startsWith("@") && !text.isEmpty();
            found.add(new Prose(line, text, first, first && ofMethod));
        }
        return found;
    }
}
