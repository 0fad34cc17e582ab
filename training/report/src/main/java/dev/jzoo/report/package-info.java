/**
 * The page about a training run.
 *
 * <p>The input is plain numbers: losses per epoch, counts, forecasts, pixels. The result is one self-contained HTML file. You can
 * open it from a disk, send it by mail and print it, and it follows your light or dark scheme. Equal input gives equal bytes on
 * every machine: the charts are SVG written as text, so neither the fonts nor the graphics of the machine matter.
 *
 * <p>Read {@link dev.jzoo.report.Report} first, then the charts that make a {@link dev.jzoo.report.Figure}:
 * {@link dev.jzoo.report.LineChart}, {@link dev.jzoo.report.ConfusionMatrix}, {@link dev.jzoo.report.ForecastChart},
 * {@link dev.jzoo.report.ScatterChart}, {@link dev.jzoo.report.SignalGrid}, {@link dev.jzoo.report.Histogram},
 * {@link dev.jzoo.report.ReliabilityDiagram}, {@link dev.jzoo.report.BarChart}, {@link dev.jzoo.report.ContourChart},
 * {@link dev.jzoo.report.DecisionRegions} and {@link dev.jzoo.report.GraphDrawing}. {@link dev.jzoo.report.Frames} lets a slider
 * choose one of several figures. {@link dev.jzoo.report.TileGrid} shows numbers as small pictures,
 * {@link dev.jzoo.report.ModelOutline} describes the model, and {@link dev.jzoo.report.Numerals} formats numbers for cards and
 * captions. {@link dev.jzoo.report.Role} gives train and test one colour each, in all charts. Inside the package, {@code Axis}
 * chooses ticks, {@code Plot} draws a frame and its lines, and {@code Svg} and {@code Markup} know the syntax.
 */
@NullMarked
package dev.jzoo.report;

import org.jspecify.annotations.NullMarked;
