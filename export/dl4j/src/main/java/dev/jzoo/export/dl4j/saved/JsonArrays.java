package dev.jzoo.export.dl4j.saved;

import java.io.IOException;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.deser.std.StdDeserializer;

/**
 * A reader of arrays in a configuration: weights of a loss, prior boxes of a detector. They are either a row of
 * numbers, or {@code dataType}, {@code shape} and {@code data}, row-major. A shape must have exactly as many elements
 * as there are data, because ND4J would read beyond their end.
 */
final class JsonArrays extends StdDeserializer<INDArray> {

    private static final long serialVersionUID = 1;
    private static final int MOST_AXES = 8;

    JsonArrays() {
        super(INDArray.class);
    }

    @Override
    public INDArray deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode node = parser.getCodec().readTree(parser);
        if (node.isArray()) {
            return Nd4j.createFromArray(numbers(node)).reshape(1, node.size());
        }
        JsonNode shape = node.path("shape");
        JsonNode data = node.path("data");
        if (!shape.isArray() || !data.isArray() || shape.size() > MOST_AXES) {
            throw new NetworkFormatException("expected an array with dataType, shape and data, found "
                    + (node.has("dataBuffer")
                            ? "an array in the form of DL4J before 1.0.0-beta4; save the network again with a newer"
                                    + " DL4J"
                            : "something else"));
        }
        long[] sizes = IntStream.range(0, shape.size())
                .mapToLong(axis -> shape.get(axis).asLong(-1))
                .toArray();
        if (!SavedArray.hasElements(sizes, data.size())) {
            throw new NetworkFormatException("found an array of shape " + shape + " with " + data.size() + " values");
        }
        DataType type =
                switch (node.path("dataType").asText()) {
                    case "DOUBLE" -> DataType.DOUBLE;
                    case "HALF" -> DataType.FLOAT16;
                    default -> DataType.FLOAT;
                };
        return Nd4j.create(numbers(data), sizes, 'c').castTo(type);
    }

    private static double[] numbers(JsonNode data) {
        return IntStream.range(0, data.size())
                .mapToDouble(i -> data.get(i).asDouble())
                .toArray();
    }
}
