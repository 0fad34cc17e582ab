/**
 * Classifiers of one's own pictures, out of networks that others trained.
 *
 * <p>In come an {@code .onnx} file of any maker and a folder of pictures, a folder for each class; out goes the folder of a run with
 * one ONNX file, whole: pre-processing, the base, a new last layer, the names of the classes. No training engine takes part: the base
 * runs in ONNX Runtime, and what learns is a linear layer, by methods written here.
 *
 * <p>{@link dev.jzoo.finetune.Finetune} is what callers see; read {@code FinetuneSteps} first, which goes through the steps, and
 * {@code FinetuneOutcome}, which they give. {@code BaseNetwork} finds where a picture goes into a file and where features come
 * out; {@code NormalizationChoice} finds what it takes for a pixel; {@code Extractor} computes features, {@code FeatureCache} keeps
 * them; {@code HeadTraining} learns, with {@code CrossValidation}, {@code SoftmaxRegression} and {@code ShrunkDiscriminant} below it;
 * {@code ClassifierAssembly} puts the finished file together.
 */
package dev.jzoo.finetune;
