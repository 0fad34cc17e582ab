package dev.jzoo.zoo.download;

import java.time.Duration;

/**
 * The timeouts and retries of a download.
 *
 * @param connect timeout for the connection, and again for the first byte of the response
 * @param stall timeout without a byte, after which the connection is closed
 * @param attempts number of attempts at an address before the next one is tried
 * @param pause pause before the second attempt; doubles before each further one
 */
public record RetryPolicy(Duration connect, Duration stall, int attempts, Duration pause) {
    public static final RetryPolicy STANDARD =
            new RetryPolicy(Duration.ofSeconds(20), Duration.ofSeconds(60), 4, Duration.ofMillis(500));

    /** The policy for optional lists, with short timeouts. */
    public static final RetryPolicy BRIEF =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(10), 1, Duration.ZERO);

    Duration pauseAfter(int attempt) {
        return pause.multipliedBy(1L << Math.min(attempt - 1, 6));
    }
}
