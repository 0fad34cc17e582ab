/**
 * The download of one file. The input is a {@link dev.jzoo.zoo.download.Resource}: the file's size, digest and addresses. The
 * result is a file whose bytes were checked.
 *
 * <p>{@code HttpDownloader} asks the server and resumes a {@code PartialDownload}; {@code RangedDownload} fetches a large file
 * over several connections; {@code RetryPolicy} has the timeouts and retries; {@code ContentDecoder} decompresses and checks.
 * Read {@link dev.jzoo.zoo.download.Resource} first.
 */
@Internal
@NullMarked
package dev.jzoo.zoo.download;

import dev.jzoo.zoo.annotation.Internal;
import org.jspecify.annotations.NullMarked;
