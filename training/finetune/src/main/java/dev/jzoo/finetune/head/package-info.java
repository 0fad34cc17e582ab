/**
 * The new last layer. Rows of features go in; a linear layer comes out, chosen by cross-validation. Plain Java.
 *
 * <p>Read {@link dev.jzoo.finetune.head.HeadTraining} first.
 */
package dev.jzoo.finetune.head;
