package dev.jzoo.cli.options;

import dev.jzoo.export.InputDeclaration;
import dev.jzoo.export.InputValues;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of a network's input: {@code NAME[:TYPE][:LOW..HIGH]=AXES}, such as "x=batch,3,224,224" or
 * "ids:int64:0..999=batch,time". A word among the axes is the name of an axis of any size.
 */
public final class InputSyntax {

    /** Types that random values can be drawn for. */
    private static final List<DataType> TYPES = List.of(
            DataType.FLOAT,
            DataType.DOUBLE,
            DataType.FLOAT16,
            DataType.INT64,
            DataType.INT32,
            DataType.UINT8,
            DataType.INT8,
            DataType.BOOL);

    private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";

    private static final Pattern RANGE = Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")");

    /** A name of an axis, which cannot be mistaken for a size. */
    private static final Pattern AXIS_NAME = Pattern.compile("[^-+.=\\s\\d][^=\\s]*");

    private InputSyntax() {}

    static InputDeclaration parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "Expected an input such as x=batch,4 or ids:int64:0..999=batch,time, not '" + text + "'.");
        }
        List<String> parts = new ArrayList<>(List.of(text.substring(0, equals).split(":", -1)));
        DataType type = DataType.FLOAT;
        InputValues values = InputValues.unknown();
        // from the right, since a name may contain colons: "input:0"
        Matcher range = RANGE.matcher(last(parts));
        if (parts.size() > 1 && range.matches()) {
            values = InputValues.between(Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2)));
            parts.remove(parts.size() - 1);
        }
        if (parts.size() > 1) {
            String word = last(parts);
            Optional<DataType> known =
                    TYPES.stream().filter(t -> name(t).equals(word)).findFirst();
            if (known.isPresent()) {
                type = known.get();
                parts.remove(parts.size() - 1);
            }
            boolean rangeFirst = parts.size() > 1 && RANGE.matcher(last(parts)).matches();
            if (rangeFirst || known.isEmpty() && !word.matches("\\d+")) {
                throw new IllegalArgumentException("Expected a type ("
                        + TYPES.stream().map(InputSyntax::name).collect(Collectors.joining(", "))
                        + ") or a range at the end of the name, not '" + word
                        + "'. If the name itself contains a colon, add the type.");
            }
        }
        return new InputDeclaration(
                new ValueInfo(String.join(":", parts), type, axes(text.substring(equals + 1))), values);
    }

    private static String last(List<String> parts) {
        return parts.get(parts.size() - 1);
    }

    private static String name(DataType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static List<Dimension> axes(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(InputSyntax::axis)
                .toList();
    }

    private static Dimension axis(String text) {
        if (text.matches("0*[1-9]\\d{0,8}")) {
            return Dimension.of(Long.parseLong(text));
        } else if (AXIS_NAME.matcher(text).matches()) {
            return Dimension.of(text);
        }
        throw new IllegalArgumentException(
                "Expected axes such as batch,3,224,224, each a name or a size of at least 1, not '" + text + "'.");
    }

    /** Returns the option that declares an input: "--input ids:int64:0..999=batch,time". An empty range is omitted. */
    public static String option(ValueInfo input, String range) {
        String axes = input.shape().stream().map(Dimension::toString).collect(Collectors.joining(","));
        String type = input.type() == DataType.FLOAT && !input.name().contains(":") ? "" : ":" + name(input.type());
        return "--input " + input.name() + type + (range.isEmpty() ? "" : ":" + range) + "=" + axes;
    }
}
