package dev.jzoo.training.recipes;

import java.util.List;

/**
 * What a recipe says of its model.
 *
 * @param summary what goes in and what comes out, a paragraph
 * @param tags words to find it by
 * @param limits what it cannot do, a sentence each
 */
record Words(String summary, List<String> tags, List<String> limits) {}
