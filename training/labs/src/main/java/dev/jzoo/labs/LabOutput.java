package dev.jzoo.labs;

import dev.jzoo.report.Figure;
import dev.jzoo.report.Frames;
import dev.jzoo.report.Table;

/** A result that a lab puts on its page. */
public sealed interface LabOutput {

    /** A figure. */
    record DrawnFigure(Figure figure) implements LabOutput {}

    /** Figures with a slider. */
    record ShownFrames(Frames frames) implements LabOutput {}

    /** A table. */
    record ShownTable(Table table) implements LabOutput {}

    /** A line of text. */
    record PrintedLine(String line) implements LabOutput {}

    /** A claim with its measurement. */
    record CheckedClaim(ClaimResult claim) implements LabOutput {}
}
