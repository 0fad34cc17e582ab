package dev.jzoo.datasets.preparation;

import java.util.Arrays;

/**
 * The characters of a text, numbered from 0 in the order of their code units. Immutable. Characters are UTF-16 units, so a
 * character outside the basic plane counts as two.
 */
public final class CharacterVocabulary {

    private final String characters;
    /** The same characters as an array for binary search. */
    private final char[] sorted;

    private CharacterVocabulary(String characters) {
        this.characters = characters;
        this.sorted = characters.toCharArray();
    }

    /**
     * Creates a vocabulary of the distinct characters of a text, sorted.
     *
     * @throws IllegalArgumentException if the text is empty
     */
    public static CharacterVocabulary of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The text for a vocabulary must not be empty.");
        }
        StringBuilder distinct = new StringBuilder();
        text.chars().sorted().distinct().forEach(character -> distinct.append((char) character));
        return new CharacterVocabulary(distinct.toString());
    }

    /** Returns the number of characters, at least 1. */
    public int size() {
        return characters.length();
    }

    /** Returns all characters in the order of their numbers. {@link #of} makes the same vocabulary from them. */
    public String characters() {
        return characters;
    }

    /** Returns the character with a number. */
    public char character(int id) {
        return characters.charAt(id);
    }

    /** Returns whether all characters of a text are in the vocabulary. */
    public boolean covers(String text) {
        return text.chars().allMatch(character -> find((char) character) >= 0);
    }

    /**
     * Returns the numbers of a text's characters.
     *
     * @return one number per character, 0 to size - 1
     * @throws IllegalArgumentException naming a character that is not in the vocabulary, and its position
     */
    public int[] encode(String text) {
        int[] ids = new int[text.length()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = find(text.charAt(i));
            if (ids[i] < 0) {
                throw new IllegalArgumentException("Character " + i + " of the text, " + name(text.charAt(i))
                        + ", is not among the " + size() + " characters of the vocabulary.");
            }
        }
        return ids;
    }

    /**
     * Returns the text for some numbers.
     *
     * @throws IllegalArgumentException naming a number out of range, and its position
     */
    public String decode(int... ids) {
        StringBuilder text = new StringBuilder(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= size()) {
                throw new IllegalArgumentException("Number " + i + " is " + ids[i] + "; the " + size()
                        + " characters of the vocabulary have the numbers 0 to " + (size() - 1) + ".");
            }
            text.append(characters.charAt(ids[i]));
        }
        return text.toString();
    }

    private int find(char character) {
        return Arrays.binarySearch(sorted, character);
    }

    /** Returns a name for a character: "'é' (U+00E9)". */
    private static String name(char character) {
        String code = "U+%04X".formatted((int) character);
        return Character.isISOControl(character) || Character.isSurrogate(character)
                ? code
                : "'" + character + "' (" + code + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharacterVocabulary that && characters.equals(that.characters);
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    /** Returns a description: "65 characters". */
    @Override
    public String toString() {
        return size() + " characters";
    }
}
