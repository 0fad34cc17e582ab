package dev.jzoo.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An ONNX model: the contents of an {@code .onnx} file.
 *
 * @param irVersion version of the file format: 8 belongs to opset 15 to 18
 * @param opsets version of the operator set by domain; the standard one has the empty name
 * @param producer the program that wrote it
 * @param graph the computation
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

    /** The name and version of the program that wrote a file. */
    public record Producer(String name, String version) {}

    public OnnxFile {
        opsets = Collections.unmodifiableSortedMap(new TreeMap<>(opsets));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** Creates a model without annotations. */
    public OnnxFile(
            long irVersion,
            SortedMap<String, Long> opsets,
            Producer producer,
            Graph graph,
            SortedMap<String, String> metadata) {
        this(irVersion, opsets, producer, graph, metadata, Annotations.NONE);
    }

    /** Returns a model with one version of the standard operators, in the matching version of the file format. */
    public static OnnxFile of(int opset, Producer producer, Graph graph, Map<String, String> metadata) {
        SortedMap<String, Long> opsets = new TreeMap<>(Map.of("", (long) opset));
        return new OnnxFile(irVersion(opset), opsets, producer, graph, new TreeMap<>(metadata));
    }

    /** Returns the file format of the ONNX release that introduced an opset, from the table in ONNX's Versioning.md. */
    static long irVersion(int opset) {
        if (opset < GraphBuilder.OLDEST_OPSET || opset > GraphBuilder.NEWEST_OPSET) {
            throw new IllegalArgumentException("The opset of a model is " + GraphBuilder.OLDEST_OPSET + " to "
                    + GraphBuilder.NEWEST_OPSET + ", not " + opset + ".");
        }
        return opset <= 14 ? 7 : opset <= 18 ? 8 : opset <= 20 ? 9 : opset <= 22 ? 10 : 11;
    }

    /**
     * Reads a file, with external data from the same folder.
     *
     * @throws dev.jzoo.zoo.error.DataFormatException if it is not an ONNX model or has parts that would be lost
     */
    public static OnnxFile read(Path file) throws IOException {
        return OnnxReader.read(file);
    }

    /**
     * Reads a model from memory. Weights are not copied, so the bytes must not change afterwards.
     *
     * @param source name of the bytes for messages
     * @throws dev.jzoo.zoo.error.DataFormatException if they are not an ONNX model or have parts that would be lost
     */
    public static OnnxFile read(String source, byte[] bytes) throws IOException {
        return OnnxReader.read(source, bytes);
    }

    /**
     * Writes the model. Equal models give equal bytes. The stream stays open.
     *
     * @throws IllegalStateException if the weights exceed 2 GB, which one file cannot hold
     */
    public Fingerprint write(OutputStream out) throws IOException {
        return OnnxWriter.write(this, out);
    }

    /**
     * Writes the model to a file, replacing an existing one. Weights of more than 2 GB are written to a separate file {@code
     * mine.onnx.data}. The {@code .onnx} file appears last and complete, or not at all.
     */
    public Fingerprint write(Path file) throws IOException {
        return write(file, Long.MAX_VALUE);
    }

    /**
     * Writes the model to a file. If its weights exceed a limit in bytes, they are written to a separate file, which a
     * runtime can map into memory instead of reading it.
     */
    public Fingerprint write(Path file, long inlineLimit) throws IOException {
        try (PreparedModel prepared = OnnxWriter.prepare(this, file, inlineLimit)) {
            return prepared.commit();
        }
    }

    /** Writes the model like {@link #write(Path)}, but the caller decides if and when the file appears. */
    public PreparedModel prepare(Path file) throws IOException {
        return OnnxWriter.prepare(this, file, Long.MAX_VALUE);
    }

    /**
     * Writes the model like {@link #write(Path, long)}, for this process to examine and delete. It does not wait for the
     * disk, and it leaves a partial file if writing fails.
     */
    public void writeDraft(Path file, long inlineLimit) throws IOException {
        OnnxWriter.writeDraft(this, file, inlineLimit);
    }

    /** Returns size and digest of the file that {@link #write(Path)} would write under the name {@code model.onnx}. */
    public Fingerprint fingerprint() {
        return OnnxWriter.fingerprint(this);
    }

    /** Returns the model as the bytes of a file. Fails like {@link #write(OutputStream)}. */
    public byte[] toBytes() {
        return OnnxWriter.toBytes(this);
    }

    /** Returns the version of the standard operators. */
    public long opset() {
        return opsets.getOrDefault("", 0L);
    }

    /** Returns a copy with this graph. */
    public OnnxFile withGraph(Graph other) {
        return new OnnxFile(irVersion, opsets, producer, other, metadata, annotations);
    }

    /** Returns a copy with this metadata. */
    public OnnxFile withMetadata(Map<String, String> other) {
        return new OnnxFile(irVersion, opsets, producer, graph, new TreeMap<>(other), annotations);
    }
}
