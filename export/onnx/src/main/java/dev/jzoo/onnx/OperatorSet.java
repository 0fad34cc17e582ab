package dev.jzoo.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The standard operators of ONNX in all their versions. */
final class OperatorSet {

    private static final Map<String, NavigableMap<Integer, OperatorSchema>> BY_NAME = load();

    private OperatorSet() {}

    /** The newest opset whose signatures {@code operators.txt} has, as its first line says. */
    static int newest() {
        return Newest.OPSET;
    }

    private static final class Newest {
        private static final Pattern SAID = Pattern.compile("opset \\d+ to (\\d+)");
        static final int OPSET = read();

        private static int read() {
            try (BufferedReader lines = open()) {
                Matcher said = SAID.matcher(lines.readLine());
                if (!said.find()) {
                    throw new IllegalStateException("operators.txt does not say which opsets it has.");
                }
                return Integer.parseInt(said.group(1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static BufferedReader open() {
        InputStream in = OperatorSet.class.getResourceAsStream("operators.txt");
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static Map<String, NavigableMap<Integer, OperatorSchema>> load() {
        Map<String, NavigableMap<Integer, OperatorSchema>> schemas = new HashMap<>();
        try (BufferedReader lines = open()) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OperatorSchema::new)
                    .forEach(schema -> schemas.computeIfAbsent(schema.name(), name -> new TreeMap<>())
                            .put(schema.since(), schema));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    /** The signature of an operator under an opset; empty where it has none yet, or is of another domain. */
    static Optional<OperatorSchema> find(String opType, long opset) {
        return Optional.ofNullable(BY_NAME.get(opType))
                .map(versions -> versions.floorEntry((int) opset))
                .map(Map.Entry::getValue);
    }

    /** The newest signature of an operator; empty where ONNX has no such operator. */
    static Optional<OperatorSchema> newest(String opType) {
        return find(opType, Integer.MAX_VALUE);
    }

    /** What is wrong with a node under an opset, a sentence each. Operators of other domains are not judged. */
    static List<String> faults(Node node, long opset) {
        if (!node.domain().isEmpty()) {
            return List.of();
        }
        NavigableMap<Integer, OperatorSchema> versions = BY_NAME.get(node.opType());
        if (versions == null) {
            return List.of(node.describe() + ": ONNX has no operator '" + node.opType() + "'.");
        }
        Map.Entry<Integer, OperatorSchema> inForce = versions.floorEntry((int) opset);
        if (inForce == null) {
            return List.of(node.describe() + ": " + node.opType() + " came with opset " + versions.firstKey()
                    + "; this graph has opset " + opset + ".");
        }
        return inForce.getValue().faults(node);
    }
}
