/**
 * The new last layer: trains a linear layer on rows of features, with settings chosen by cross-validation. Plain Java.
 *
 * <p>Read {@link dev.jzoo.finetune.head.HeadTraining} first.
 */
package dev.jzoo.finetune.head;
