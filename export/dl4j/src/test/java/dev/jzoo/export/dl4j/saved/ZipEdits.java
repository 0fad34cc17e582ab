package dev.jzoo.export.dl4j.saved;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;

/** Edits saved networks so that their entries differ from DL4J's. */
public final class ZipEdits {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private ZipEdits() {}

    public static ZipEdits of(Model network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, false);
        return of(bytes.toByteArray());
    }

    public static ZipEdits of(byte[] zip) throws IOException {
        ZipEdits edits = new ZipEdits();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                edits.entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return edits;
    }

    public String json() {
        return new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
    }

    public ZipEdits json(UnaryOperator<String> edit) {
        return entry("configuration.json", edit.apply(json()).getBytes(StandardCharsets.UTF_8));
    }

    public byte[] entry(String name) {
        return entries.get(name);
    }

    public ZipEdits entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public Path write(Path file) throws IOException {
        try (OutputStream bytes = Files.newOutputStream(file);
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }
}
