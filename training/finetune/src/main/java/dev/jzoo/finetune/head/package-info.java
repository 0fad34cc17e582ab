/**
 * The new last layer. Rows of features go in; a linear layer comes out, chosen by cross-validation. Plain Java.
 *
 * <p>Read {@link dev.jzoo.finetune.head.HeadTraining} first.
 */
@Internal
package dev.jzoo.finetune.head;

import dev.jzoo.zoo.annotation.Internal;
