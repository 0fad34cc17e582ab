package dev.jzoo.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An ONNX model: what a {@code .onnx} file holds.
 *
 * @param irVersion version of the file format: 8 goes with opset 15 to 18
 * @param opsets version of the operator set by domain; the standard one under the empty name
 * @param producer who wrote it
 * @param graph what it computes
 * @param metadata text by key
 * @param annotations descriptions and metadata of its parts
 */
public record OnnxFile(
        long irVersion,
        SortedMap<String, Long> opsets,
        Producer producer,
        Graph graph,
        SortedMap<String, String> metadata,
        Annotations annotations) {

    /** The program that wrote a file, and its version. */
    public record Producer(String name, String version) {}

    public OnnxFile {
        opsets = Collections.unmodifiableSortedMap(new TreeMap<>(opsets));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** A model without annotations. */
    public OnnxFile(
            long irVersion,
            SortedMap<String, Long> opsets,
            Producer producer,
            Graph graph,
            SortedMap<String, String> metadata) {
        this(irVersion, opsets, producer, graph, metadata, Annotations.NONE);
    }

    /** A model of one version of the standard operators, in the version of the file format that goes with it. */
    public static OnnxFile of(int opset, Producer producer, Graph graph, Map<String, String> metadata) {
        SortedMap<String, Long> opsets = new TreeMap<>(Map.of("", (long) opset));
        return new OnnxFile(irVersion(opset), opsets, producer, graph, new TreeMap<>(metadata));
    }

    /** The file format of the ONNX release that brought an opset: the table in ONNX's Versioning.md. */
    static long irVersion(int opset) {
        if (opset < GraphBuilder.OLDEST_OPSET || opset > GraphBuilder.NEWEST_OPSET) {
            throw new IllegalArgumentException("Opset " + GraphBuilder.OLDEST_OPSET + " to " + GraphBuilder.NEWEST_OPSET
                    + " was expected, not " + opset + ".");
        }
        return opset <= 14 ? 7 : opset <= 18 ? 8 : opset <= 20 ? 9 : opset <= 22 ? 10 : 11;
    }

    /**
     * Reads a file, with external data from the same folder.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException where it is no ONNX or has parts that would be lost
     */
    public static OnnxFile read(Path file) throws IOException {
        return OnnxReader.read(file);
    }

    /**
     * Reads a model from memory. Weights are not copied: the bytes must not change afterwards.
     *
     * @param source what the bytes are, for messages
     * @throws dev.jzoo.zoo.error.DataFormatException where they are no ONNX or have parts that would be lost
     */
    public static OnnxFile read(String source, byte[] bytes) throws IOException {
        return OnnxReader.read(source, bytes);
    }

    /**
     * Writes the model; equal models give equal bytes. The stream stays open.
     *
     * @throws IllegalStateException where the weights are more than 2 GB, which one file cannot hold
     */
    public Fingerprint write(OutputStream out) throws IOException {
        return OnnxWriter.write(this, out);
    }

    /**
     * Writes the model to a file, in place of one that is there; weights of more than 2 GB go to a file beside it, {@code
     * mine.onnx.data}. The {@code .onnx} appears last, whole or not at all.
     */
    public Fingerprint write(Path file) throws IOException {
        return write(file, Long.MAX_VALUE);
    }

    /**
     * Writes the model to a file, with weights of more than so many bytes in all in a file beside it: what lies there a
     * runtime can map into memory instead of reading it.
     */
    public Fingerprint write(Path file, long inlineLimit) throws IOException {
        try (PreparedModel prepared = OnnxWriter.prepare(this, file, inlineLimit)) {
            return prepared.commit();
        }
    }

    /** Writes the model as {@link #write(Path)} does, but leaves it to the caller when it appears, or whether. */
    public PreparedModel prepare(Path file) throws IOException {
        return OnnxWriter.prepare(this, file, Long.MAX_VALUE);
    }

    /**
     * Writes the model as {@link #write(Path, long)} does, for this process to examine and to delete: the disk is not waited
     * for, and what was begun stays where writing fails.
     */
    public void writeDraft(Path file, long inlineLimit) throws IOException {
        OnnxWriter.writeDraft(this, file, inlineLimit);
    }

    /** Size and digest of the file that {@link #write(Path)} would write under the name {@code model.onnx}. */
    public Fingerprint fingerprint() {
        return OnnxWriter.fingerprint(this);
    }

    /** The model as the bytes of a file. Fails as {@link #write(OutputStream)} does. */
    public byte[] toBytes() {
        return OnnxWriter.toBytes(this);
    }

    /** Version of the standard operators. */
    public long opset() {
        return opsets.getOrDefault("", 0L);
    }

    /** The same model with this graph. */
    public OnnxFile withGraph(Graph other) {
        return new OnnxFile(irVersion, opsets, producer, other, metadata, annotations);
    }

    /** The same model with this metadata in place of its own. */
    public OnnxFile withMetadata(Map<String, String> other) {
        return new OnnxFile(irVersion, opsets, producer, graph, new TreeMap<>(other), annotations);
    }
}
