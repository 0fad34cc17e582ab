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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A network's input as it is typed: {@code NAME[:TYPE][:LOW..HIGH]=AXES}, such as "x=batch,3,224,224" or
 * "ids:int64:0..999=batch,time". A word among the axes is the name of an axis of any size.
 */
public final class InputSyntax {

    /** Types that values can be drawn of. */
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

    /** Whatever cannot be taken for a size. */
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
        // from the right, since a name may have colons itself: "input:0"
        Matcher range = RANGE.matcher(last(parts));
        if (parts.size() > 1 && range.matches()) {
            values = InputValues.between(Double.parseDouble(range.group(1)), Double.parseDouble(range.group(2)));
            parts.remove(parts.size() - 1);
        }
        if (parts.size() > 1) {
            for (DataType known : TYPES) {
                if (name(known).equals(last(parts))) {
                    type = known;
                    parts.remove(parts.size() - 1);
                    break;
                }
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
                "Expected axes such as batch,3,224,224, each a size from 1 or a name, not '" + text + "'.");
    }

    /** The option for an input, with a range of values if it is given one: "--input ids:int64:0..999=batch,time". */
    public static String option(ValueInfo input, String range) {
        String axes = input.shape().stream().map(Dimension::toString).collect(Collectors.joining(","));
        String type = input.type() == DataType.FLOAT ? "" : ":" + name(input.type());
        return "--input " + input.name() + type + (range.isEmpty() ? "" : ":" + range) + "=" + axes;
    }
}
