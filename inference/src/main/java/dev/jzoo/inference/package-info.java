/**
 * Any ONNX file, and models with a task, through ONNX Runtime.
 *
 * <p>In come the name of a model in the zoo or the path of an {@code .onnx} file, and plain values: tensors, pictures, a
 * series. Out go plain values: tensors, labels with scores, a forecast. What holds native memory is closed by whoever
 * opened it; no type of ONNX Runtime appears in a public signature.
 *
 * <p>Read {@link dev.jzoo.inference.OnnxModel} first, which runs any file; then
 * {@link dev.jzoo.inference.pictures.ImageClassifier}, {@link dev.jzoo.inference.series.SignalClassifier}, {@link
 * dev.jzoo.inference.series.Forecaster}, {@link dev.jzoo.inference.tables.Regressor} and {@link dev.jzoo.inference.text.TextGenerator},
 * which know what the numbers mean; and {@link dev.jzoo.inference.pictures.Embedder}, which gives those before the last layer. All of
 * them are a {@link dev.jzoo.inference.TaskModel}, opened by a {@link dev.jzoo.inference.TaskLoader}.
 */
@NullMarked
package dev.jzoo.inference;

import org.jspecify.annotations.NullMarked;
