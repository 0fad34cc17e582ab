/**
 * The download of one file. In comes a {@link dev.jzoo.zoo.download.Resource}, its size and digest and the places that serve
 * it; out goes a file whose bytes were checked.
 *
 * <p>{@code HttpDownloader} asks the server and resumes a {@code PartialDownload}; {@code RangedDownload} fetches a large file
 * over several connections; {@code RetryPolicy} decides when to try again; {@code ContentDecoder} unpacks and checks. Read
 * {@link dev.jzoo.zoo.download.Resource} first.
 */
package dev.jzoo.zoo.download;
