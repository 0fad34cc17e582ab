package dev.jzoo.cli;

import dev.jzoo.export.ExportReport;
import dev.jzoo.export.Parity;
import dev.jzoo.zoo.card.ReadableNumbers;
import dev.jzoo.zoo.file.Sha256;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The result of exporting a network, as {@code --json} prints it. */
record ExportDocument(
        String file, long bytes, Sha256 sha256, int nodes, long parameters, Parity parity, List<String> warnings) {

    static ExportDocument of(Path file, ExportReport report) {
        return new ExportDocument(
                file.toString(),
                report.bytes(),
                report.sha256(),
                report.nodes(),
                report.parameters(),
                report.parity(),
                report.warnings());
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s  %s, %d nodes, %,d values in initializers%n",
                file,
                ReadableNumbers.bytes(bytes),
                nodes,
                parameters);
        out.printf(
                Locale.ROOT,
                "ONNX Runtime agrees: largest difference %s over %,d values%n",
                ReadableNumbers.number(parity.maxError()),
                parity.values());
    }
}
