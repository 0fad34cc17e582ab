package dev.jzoo.zoo.catalogue;

import dev.jzoo.zoo.annotation.Internal;
import java.math.BigInteger;
import java.util.Comparator;

/** The order of versions, with "1.10.0" after "1.9.0". */
@Internal
public final class VersionOrder {

    public static final Comparator<String> ASCENDING = Comparator.<String, BigInteger>comparing(v -> number(v, 0))
            .thenComparing(v -> number(v, 1))
            .thenComparing(v -> number(v, 2));

    private VersionOrder() {}

    private static BigInteger number(String version, int index) {
        return new BigInteger(version.split("\\.")[index]);
    }
}
