/**
 * The new last layer: trains a linear layer on rows of features, with settings chosen by cross-validation. Plain Java.
 *
 * <p>Read {@link dev.jzoo.finetune.head.HeadTraining} first.
 */
@Internal
package dev.jzoo.finetune.head;

import dev.jzoo.zoo.annotation.Internal;
