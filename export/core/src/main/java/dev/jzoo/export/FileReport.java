package dev.jzoo.export;

/**
 * The result of comparing a file with a network.
 *
 * @param export the network's own export, with which the file was compared; its parity is with the framework
 * @param parity comparison of the file with that export on the same inputs; {@code firstDifference} is known if the
 * file and the export have nodes in common
 */
public record FileReport(ExportReport export, Parity parity) {

    /** Returns whether the export agrees with its framework, and the file with the export. */
    public boolean agrees() {
        return export.parity().agrees() && parity.agrees();
    }
}
