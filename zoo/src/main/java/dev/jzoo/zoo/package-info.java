/**
 * What exists, where it is, and whether it is intact.
 *
 * <p>In comes the name of a model or of a data file; out goes a path to bytes whose size and SHA-256 were checked. Nothing
 * here knows what is inside a model: no tensor, no ONNX, no framework.
 *
 * <p>Read in this order: {@link dev.jzoo.zoo.card.ModelCard}, what a model says of itself, with {@link dev.jzoo.zoo.card.CardPage}
 * and {@link dev.jzoo.zoo.card.CardMetadata}, the two forms in which it travels; {@link dev.jzoo.zoo.catalogue.Manifest}, the list of
 * published models; {@link dev.jzoo.zoo.Zoo}, which finds and pulls them, and {@link dev.jzoo.zoo.publishing.Publisher}, which adds
 * to them; {@link dev.jzoo.zoo.hub.ModelReference}, by which models of others are named, each resolved by a {@code ModelHub};
 * {@link dev.jzoo.zoo.Store}, the cache, whose files are described by {@link dev.jzoo.zoo.download.Resource} and whose
 * places are in {@link dev.jzoo.zoo.settings.Settings}.
 *
 * <p>A fetch goes through these, none of which is public: {@code Store} or {@code Zoo} names the {@code Location}s to try;
 * {@code Fetcher} tries them in order under a {@code ProcessLock}; {@code HttpDownloader} downloads into a {@code PartialDownload}, which can be
 * resumed, large files by several {@code RangedDownload} at once; {@code ContentDecoder} decodes and checks; {@code CacheDirectory} shows the file under its name.
 */
package dev.jzoo.zoo;
