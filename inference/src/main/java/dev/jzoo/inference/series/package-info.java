/**
 * Models for series and signals. Read {@link dev.jzoo.inference.series.Forecaster} first, then {@link
 * dev.jzoo.inference.series.SignalClassifier}.
 */
package dev.jzoo.inference.series;
