package dev.jzoo.export;

/**
 * A file that was held against a network.
 *
 * @param export the network's own export, which the file was compared with; its parity is with the framework
 * @param parity the file against that export, on the same inputs; its {@code firstDifference} is told where file and export
 *     have nodes in common
 */
public record FileReport(ExportReport export, Parity parity) {

    /** Whether the export agrees with its framework, and the file with the export. */
    public boolean agrees() {
        return export.parity().agrees() && parity.agrees();
    }
}
