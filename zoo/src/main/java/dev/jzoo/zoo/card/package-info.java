/**
 * The model card: what a model says about itself, as a page beside the file ({@link dev.jzoo.zoo.card.CardPage}) and as
 * metadata inside it ({@link dev.jzoo.zoo.card.CardMetadata}).
 *
 * <p>Read {@link dev.jzoo.zoo.card.ModelCard} first.
 */
package dev.jzoo.zoo.card;
