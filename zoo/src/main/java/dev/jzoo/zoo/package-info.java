/**
 * The zoo: the list of published models, their locations, and the cache of their files.
 *
 * <p>The input is the name of a model or a data file. The result is a path to a file whose size and SHA-256 were checked. This
 * package does not look inside models: it knows no tensors, no ONNX and no framework.
 *
 * <p>Read in this order:
 * <ul>
 * <li>{@link dev.jzoo.zoo.card.ModelCard}, the description of a model, with its two forms {@link dev.jzoo.zoo.card.CardPage} and
 *     {@link dev.jzoo.zoo.card.CardMetadata}
 * <li>{@link dev.jzoo.zoo.catalogue.Manifest}, the list of published models
 * <li>{@link dev.jzoo.zoo.Zoo}, which finds and pulls models, and {@link dev.jzoo.zoo.publishing.Publisher}, which adds them
 * <li>{@link dev.jzoo.zoo.hub.ModelReference}, the name of a foreign model, which a {@code ModelHub} resolves
 * <li>{@link dev.jzoo.zoo.Store}, the cache; {@link dev.jzoo.zoo.download.Resource} describes its files, and
 *     {@link dev.jzoo.zoo.settings.Settings} its locations
 * </ul>
 *
 * <p>A fetch passes through these types, which are internal: {@code Store} or {@code Zoo} names the {@code Location}s to try;
 * {@code Fetcher} tries them in order under a {@code ProcessLock}; {@code HttpDownloader} downloads into a
 * {@code PartialDownload}, which can be resumed, and splits large files between several {@code RangedDownload} connections;
 * {@code ContentDecoder} decodes and checks; {@code CacheDirectory} makes the file visible under its name.
 */
@NullMarked
package dev.jzoo.zoo;

import org.jspecify.annotations.NullMarked;
