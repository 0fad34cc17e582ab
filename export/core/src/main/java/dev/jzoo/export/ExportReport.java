package dev.jzoo.export;

import dev.jzoo.zoo.file.Sha256;
import java.util.List;
import java.util.Locale;

/**
 * The result of an export.
 *
 * @param bytes size of the file, including weights in a separate file
 * @param sha256 digest of the .onnx file
 * @param nodes number of nodes of the graph
 * @param parameters number of floating-point values in the initializers
 * @param parity comparison of ONNX Runtime with the framework
 * @param warnings warnings for the user, one sentence each
 */
public record ExportReport(
        long bytes, Sha256 sha256, int nodes, long parameters, Parity parity, List<String> warnings) {

    public ExportReport {
        warnings = List.copyOf(warnings);
    }

    /** Returns lines for people: size, parity, warnings. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d bytes, SHA-256 %s, %d nodes, %,d values in initializers\n%s",
                bytes,
                sha256,
                nodes,
                parameters,
                parity));
        warnings.forEach(warning -> text.append("\nWarning: ").append(warning));
        return text.toString();
    }
}
