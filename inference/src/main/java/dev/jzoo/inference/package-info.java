/**
 * A runtime for ONNX models of any kind and for models of known tasks, based on ONNX Runtime.
 *
 * <p>You open a model by its name in the zoo or by the path of an {@code .onnx} file. It takes plain values (tensors,
 * pictures, a series) and returns plain values (tensors, labels with scores, a forecast). Open models hold native memory,
 * so close what you open. No type of ONNX Runtime appears in a public signature.
 *
 * <p>Read {@link dev.jzoo.inference.OnnxModel} first, which runs any file; then {@link
 * dev.jzoo.inference.pictures.ImageClassifier}, {@link dev.jzoo.inference.series.SignalClassifier}, {@link
 * dev.jzoo.inference.series.Forecaster}, {@link dev.jzoo.inference.tables.Regressor} and {@link
 * dev.jzoo.inference.text.TextGenerator}, which know the meaning of the numbers; and {@link
 * dev.jzoo.inference.pictures.Embedder}, which returns the values before the last layer. All of them extend {@link
 * dev.jzoo.inference.TaskModel} and are opened by a {@link dev.jzoo.inference.TaskLoader}.
 */
@NullMarked
package dev.jzoo.inference;

import org.jspecify.annotations.NullMarked;
