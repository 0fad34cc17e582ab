package dev.jzoo.zoo.error;

import dev.jzoo.zoo.annotation.Internal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A search for the existing names that are most similar to an unknown name. */
@Internal
public final class NearestNames {

    private static final int MOST = 3;

    private NearestNames() {}

    /** Returns at most three of the names, nearest first. A near name differs by a few typos or contains the wanted name. */
    public static List<String> to(String wanted, Collection<String> names) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int typos = Math.max(2, lower.length() / 3);
        return names.stream()
                .filter(name -> distance(lower, name) <= typos
                        || lower.length() >= 3 && name.contains(lower)
                        || name.length() >= 3 && lower.contains(name))
                .sorted(Comparator.<String>comparingInt(name -> distance(lower, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Returns the Levenshtein distance: the number of insertions, deletions and replacements that turn one word into the other. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
