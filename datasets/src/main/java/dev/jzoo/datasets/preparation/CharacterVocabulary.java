package dev.jzoo.datasets.preparation;

import java.util.Arrays;

/**
 * The characters of a text, numbered from 0 in the order of their code units. Immutable. Characters are UTF-16 units, so
 * that one outside the basic plane counts as two.
 */
public final class CharacterVocabulary {

    private final String characters;
    /** The same, to be searched. */
    private final char[] sorted;

    private CharacterVocabulary(String characters) {
        this.characters = characters;
        this.sorted = characters.toCharArray();
    }

    /**
     * The distinct characters of a text, sorted.
     *
     * @throws IllegalArgumentException if the text is empty
     */
    public static CharacterVocabulary of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A vocabulary is taken from a text; this one is empty.");
        }
        StringBuilder distinct = new StringBuilder();
        text.chars().sorted().distinct().forEach(character -> distinct.append((char) character));
        return new CharacterVocabulary(distinct.toString());
    }

    /** Number of characters, at least 1. */
    public int size() {
        return characters.length();
    }

    /** All characters in the order of their numbers; {@link #of} makes the same vocabulary of it. */
    public String characters() {
        return characters;
    }

    /** The character of a number. */
    public char character(int id) {
        return characters.charAt(id);
    }

    /** Whether a text has only characters that have a number. */
    public boolean covers(String text) {
        return text.chars().allMatch(character -> find((char) character) >= 0);
    }

    /**
     * The numbers of a text's characters.
     *
     * @return one for each character, 0 to size - 1
     * @throws IllegalArgumentException naming a character that has none, and its place
     */
    public int[] encode(String text) {
        int[] ids = new int[text.length()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = find(text.charAt(i));
            if (ids[i] < 0) {
                throw new IllegalArgumentException("Character " + i + " of the text, " + name(text.charAt(i))
                        + ", is none of the " + size() + " characters of the vocabulary.");
            }
        }
        return ids;
    }

    /**
     * The text of numbers.
     *
     * @throws IllegalArgumentException naming a number that no character has, and its place
     */
    public String decode(int... ids) {
        StringBuilder text = new StringBuilder(ids.length);
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= size()) {
                throw new IllegalArgumentException("Number " + i + " is " + ids[i] + "; the " + size()
                        + " characters of the vocabulary have 0 to " + (size() - 1) + ".");
            }
            text.append(characters.charAt(ids[i]));
        }
        return text.toString();
    }

    private int find(char character) {
        return Arrays.binarySearch(sorted, character);
    }

    /** "'é' (U+00E9)". */
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

    /** "65 characters". */
    @Override
    public String toString() {
        return size() + " characters";
    }
}
