/**
 * The network that fine-tuning starts from: where a picture goes in, what it takes for a pixel, where its features are, and
 * the file that a new head is put on.
 *
 * <p>Read {@link dev.jzoo.finetune.base.BaseNetwork} first.
 */
@Internal
package dev.jzoo.finetune.base;

import dev.jzoo.zoo.annotation.Internal;
