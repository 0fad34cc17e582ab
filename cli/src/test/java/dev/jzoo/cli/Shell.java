package dev.jzoo.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jzoo.cli.console.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/** A shell that runs command lines in a folder, with its own home and mirrors, and keeps their output. */
record Shell(Path folder, Map<String, String> environment) {

    /** The result of a command. In its output the folder's path is replaced by DIR. */
    record Result(int exitCode, String out, String err) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }

        /** Returns the code of a failure, from the JSON document. */
        String code() throws IOException {
            return json().at("/error/code").asText();
        }
    }

    static Shell in(Path folder) {
        return new Shell(folder, Map.of("JZOO_HOME", folder.resolve("home").toString(), "JZOO_OFFLINE", "1"));
    }

    /** Returns a parser of command lines that prints nothing. */
    static CommandLine parser(Path folder) {
        Host host = new Host(
                new PrintWriter(PrintWriter.nullWriter()),
                new PrintWriter(PrintWriter.nullWriter()),
                Map.of(),
                folder,
                Optional.empty(),
                Set.of(),
                80);
        return new JzooCommand(host).commandLine();
    }

    Shell with(String name, Object value) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value.toString());
        return new Shell(folder, changed);
    }

    Result type(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Host host = new Host(
                new PrintWriter(out),
                new PrintWriter(err),
                environment,
                folder,
                Optional.of(Path.of("..").toAbsolutePath().normalize()),
                Set.of(),
                80);
        int exitCode = new JzooCommand(host).execute(words);
        return new Result(exitCode, clean(out), clean(err));
    }

    private String clean(StringWriter text) {
        return text.toString()
                .replace(folder.toAbsolutePath().toString(), "DIR")
                .replace("\r\n", "\n");
    }
}
