/**
 * The page that a training run leaves behind.
 *
 * <p>In come plain numbers: losses per epoch, counts, forecasts, pixels. Out goes one HTML file that needs no other file, script
 * or font: it can be opened from a disk, sent by mail and printed, and follows the reader's light or dark scheme. Equal input
 * gives equal bytes on every machine: charts are SVG written here, as text, so neither the fonts nor the graphics of the machine
 * have a say, and a machine without fonts writes the same page.
 *
 * <p>Read {@link dev.jzoo.report.Report} first, then the charts that give a {@link
 * dev.jzoo.report.Figure}: {@link dev.jzoo.report.LineChart}, {@link
 * dev.jzoo.report.ConfusionMatrix}, {@link dev.jzoo.report.ForecastChart}, {@link
 * dev.jzoo.report.ScatterChart}, {@link dev.jzoo.report.SignalGrid}, {@link
 * dev.jzoo.report.Histogram} and {@link dev.jzoo.report.ReliabilityDiagram}; {@link
 * dev.jzoo.report.TileGrid} shows numbers as small pictures, {@link
 * dev.jzoo.report.ModelOutline} says what was trained, {@link dev.jzoo.report.Numerals} writes numbers for cards and captions.
 * {@link dev.jzoo.report.Role} gives train and test one colour each, in all charts. Within the package, {@code Axis} decides ticks, {@code Plot} draws a frame and the
 * lines in it, {@code Svg} and {@code Markup} know the syntax.
 */
package dev.jzoo.report;
