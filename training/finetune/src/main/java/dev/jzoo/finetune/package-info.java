/**
 * Classifiers of your own pictures, made from networks that others trained.
 *
 * <p>The input is an {@code .onnx} file of any origin and a folder of pictures with one folder per class. The output is
 * the folder of a run with one complete ONNX file: pre-processing, the base, a new last layer and the names of the
 * classes. By default no training engine is involved: the base runs in ONNX Runtime, and the linear layer is trained by
 * methods in this project. Mode full then trains all layers with DJL.
 *
 * <p>{@link dev.jzoo.finetune.Finetune} is the API. Read {@code FinetuneSteps} first, which runs the steps, and {@code
 * FinetuneOutcome}, their result. {@code BaseNetwork} finds the picture input and the features of a file. {@code
 * NormalizationChoice} finds its pixel convention. {@code Extractor} computes features and {@code FeatureCache} stores
 * them. {@code HeadTraining} trains the head, with {@code CrossValidation}, {@code SoftmaxRegression} and {@code
 * ShrunkDiscriminant}. {@code ClassifierAssembly} assembles the finished file.
 */
package dev.jzoo.finetune;
