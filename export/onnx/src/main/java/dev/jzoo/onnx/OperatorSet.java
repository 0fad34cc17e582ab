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

    /** Returns the newest opset in {@code operators.txt}, from its first line. */
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
                    throw new IllegalStateException("The first line of operators.txt does not name its opsets.");
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

    /** Returns the signature of an operator under an opset; empty if it does not exist yet or belongs to another domain. */
    static Optional<OperatorSchema> find(String opType, long opset) {
        return Optional.ofNullable(BY_NAME.get(opType))
                .map(versions -> versions.floorEntry((int) opset))
                .map(Map.Entry::getValue);
    }

    /** Returns the newest signature of an operator; empty if ONNX does not have the operator. */
    static Optional<OperatorSchema> newest(String opType) {
        return find(opType, Integer.MAX_VALUE);
    }

    /** Returns the faults of a node under an opset, one sentence each. Operators of other domains are not checked. */
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
            return List.of(node.describe() + ": " + node.opType() + " exists from opset " + versions.firstKey()
                    + " on; this graph has opset " + opset + ".");
        }
        return inForce.getValue().faults(node);
    }
}
