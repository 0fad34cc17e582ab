package dev.jzoo.zoo.download;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param connect for a connection, and then for the first byte of the answer, each
 * @param stall without a byte, before the connection is given up
 * @param attempts how often an address is asked before the next is tried
 * @param pause before the second attempt; doubled before each further one
 */
public record RetryPolicy(Duration connect, Duration stall, int attempts, Duration pause) {
    public static final RetryPolicy STANDARD =
            new RetryPolicy(Duration.ofSeconds(20), Duration.ofSeconds(60), 4, Duration.ofMillis(500));

    /** For a list that the program can do without. */
    public static final RetryPolicy BRIEF =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofSeconds(10), 1, Duration.ZERO);

    Duration pauseAfter(int attempt) {
        return pause.multipliedBy(1L << Math.min(attempt - 1, 6));
    }
}
