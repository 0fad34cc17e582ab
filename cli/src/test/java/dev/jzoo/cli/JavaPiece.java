package dev.jzoo.cli;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A piece of Java that a page shows: imports, then statements. It becomes a class without a package, whose static method
 * {@code run} has the statements.
 *
 * @param className name of the class
 * @param text as the page has it
 */
record JavaPiece(String className, String text) {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$\\n?");

    private String source() {
        String imports = IMPORT.matcher(text).results().map(MatchResult::group).collect(Collectors.joining());
        return imports + "public class " + className + " { public static void run() throws Exception {\n"
                + IMPORT.matcher(text).replaceAll("") + "} }";
    }

    /** Compiles pieces into a folder. Fails the test with the compiler's errors. */
    static void compile(List<JavaPiece> pieces, Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of("-d", classes.toString(), "-proc:none");
        List<SourceText> sources = pieces.stream().map(SourceText::new).toList();
        if (!compiler.getTask(complaints, null, null, options, null, sources).call()) {
            fail(complaints + pieces.stream().map(JavaPiece::source).collect(Collectors.joining("\n", "\n", "")));
        }
    }

    /** The source of a piece, for the compiler. */
    private static final class SourceText extends SimpleJavaFileObject {

        private final String source;

        SourceText(JavaPiece piece) {
            super(URI.create("string:///" + piece.className() + ".java"), JavaFileObject.Kind.SOURCE);
            source = piece.source();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
