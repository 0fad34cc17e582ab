package dev.jzoo.cli.options;

import dev.jzoo.zoo.card.Dimension;
import java.util.Arrays;
import java.util.List;

/** The shape of a network's input as it is typed: "batch,3,224,224". A word is the name of an axis of any size. */
public record InputShape(List<Dimension> axes) {

    static InputShape parse(String text) {
        return new InputShape(Arrays.stream(text.split(","))
                .map(String::strip)
                .map(axis -> axis.matches("\\d{1,9}") ? Dimension.of(Long.parseLong(axis)) : Dimension.of(axis))
                .toList());
    }
}
