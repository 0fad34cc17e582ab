package dev.jzoo.zoo.file;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jzoo.zoo.annotation.Internal;
import dev.jzoo.zoo.error.DataFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * JSON in JZoo's form: indented by two spaces, lines that end in LF, keys sorted or in the order of the record. Equal values give
 * equal bytes. Reading ignores fields that a later version has added. It rejects documents that are nested too deeply or have
 * numbers with too many digits, so that a hostile document cannot exhaust the stack or take hours.
 */
@Internal
public final class Json {

    private static final int DEEPEST = 200;
    private static final int MOST_DIGITS = 1_000;
    private static final int LONGEST_FILE = 256 << 20;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    /** A writer with the format of Python's {@code json.dump(indent=4)}, which the manifest of the ONNX Hub has. */
    private static final ObjectWriter PYTHON = MAPPER.writer(new PythonPrinter());

    /** A printer that avoids the settings added in Jackson 2.17, because an application may have an older version. */
    private static final class PythonPrinter extends DefaultPrettyPrinter {
        private static final long serialVersionUID = 1;

        PythonPrinter() {
            indentObjectsWith(new DefaultIndenter("    ", "\n"));
            indentArraysWith(new DefaultIndenter("    ", "\n"));
        }

        @Override
        public DefaultPrettyPrinter createInstance() {
            return new PythonPrinter();
        }

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(": ");
        }

        @Override
        public void writeEndArray(JsonGenerator json, int values) throws IOException {
            _nesting--;
            end(json, values, ']');
        }

        @Override
        public void writeEndObject(JsonGenerator json, int entries) throws IOException {
            _nesting--;
            end(json, entries, '}');
        }

        private void end(JsonGenerator json, int count, char bracket) throws IOException {
            if (count > 0) {
                _arrayIndenter.writeIndentation(json, _nesting);
            }
            json.writeRaw(bracket);
        }
    }

    private Json() {}

    /** Returns a value as JSON on one line. */
    public static String compact(Object value) {
        return write(MAPPER.writer(), value);
    }

    /**
     * Returns a value as JSON on one line for the metadata of an ONNX file. Escapes characters beyond U+FFFF, which ONNX
     * Runtime's Java binding does not return.
     */
    public static String metadata(Object value) {
        StringBuilder json = new StringBuilder();
        for (char c : compact(value).toCharArray()) {
            json.append(Character.isSurrogate(c) ? String.format("\\u%04x", (int) c) : c);
        }
        return json.toString();
    }

    /** Returns a value as indented JSON that ends in a line break. */
    public static String pretty(Object value) {
        return write(PRETTY, value) + "\n";
    }

    /** Returns a tree as JSON, indented as Python does, that ends in a line break. */
    public static String python(JsonNode tree) {
        return write(PYTHON, tree) + "\n";
    }

    /** Returns a value as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads a value from text.
     *
     * @param source the name of the text, for messages
     * @throws DataFormatException naming the source, line and column, if the text is not JSON or does not fit the type
     */
    public static <T> T parse(String source, String json, Class<T> type) throws DataFormatException {
        try {
            requireLimits(source, json);
            JacksonVersion.require();
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new DataFormatException(source, "expected " + type.getSimpleName() + ", found null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new DataFormatException(source, where(e.getLocation()) + e.getOriginalMessage());
        } catch (DataFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read.", e);
        }
    }

    /** Checks the limits on the tokens before it builds any value. The limits of Jackson itself depend on its version. */
    private static void requireLimits(String source, String json) throws IOException {
        int depth = 0;
        try (JsonParser parser = MAPPER.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > DEEPEST) {
                    throw new DataFormatException(
                            source,
                            where(parser.currentLocation()) + "expected at most " + DEEPEST + " levels, found more");
                }
                if (token.isNumeric() && parser.getTextLength() > MOST_DIGITS) {
                    throw new DataFormatException(
                            source,
                            where(parser.currentLocation()) + "expected at most " + MOST_DIGITS
                                    + " digits in a number, found " + parser.getTextLength());
                }
            }
        }
    }

    private static String where(JsonLocation place) {
        return place == null ? "" : "line " + place.getLineNr() + ", column " + place.getColumnNr() + ": ";
    }

    /** Reads a value from a UTF-8 file. */
    public static <T> T read(Path file, Class<T> type) throws IOException {
        return parse(file.toString(), PlainText.read(file, LONGEST_FILE), type);
    }

    private static String write(ObjectWriter writer, Object value) {
        JacksonVersion.require();
        try {
            return writer.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }
}
