/**
 * The network that fine-tuning starts from: its picture input, its pixel convention, its features, and the file that
 * gets a new head.
 *
 * <p>Read {@link dev.jzoo.finetune.base.BaseNetwork} first.
 */
@Internal
package dev.jzoo.finetune.base;

import dev.jzoo.zoo.annotation.Internal;
