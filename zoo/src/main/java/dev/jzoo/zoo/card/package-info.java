/**
 * The model card: the description of a model, as a page next to the file ({@link dev.jzoo.zoo.card.CardPage}) and as metadata
 * inside it ({@link dev.jzoo.zoo.card.CardMetadata}).
 *
 * <p>Read {@link dev.jzoo.zoo.card.ModelCard} first.
 */
@NullMarked
package dev.jzoo.zoo.card;

import org.jspecify.annotations.NullMarked;
