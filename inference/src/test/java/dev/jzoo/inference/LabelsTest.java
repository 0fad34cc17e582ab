package dev.jzoo.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.jzoo.zoo.error.DataFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"a\",null,\"c\",\"d\"] | null",
                "[[\"a\"],2,3,4] | array",
                "[true,false,true,false] | boolean",
                "{\"a\":1} | object",
                "\"a\" | string",
                "null | null"
            })
    void labelsThatAreNotNamesAreRefused(String labels, String found) throws Exception {
        Path file = withLabels(labels);
        assertEquals(
                file + ", metadata labels: expected a JSON array of names, such as [\"cat\",\"dog\"], found " + found,
                assertThrows(DataFormatException.class, () -> read(file)).getMessage());
    }

    @Test
    void numbersAreNamesToo() throws Exception {
        assertEquals(List.of("10", "20", "x", "2.5"), read(withLabels("[10,20,\"x\",2.5]")));
    }

    private static List<String> read(Path file) throws IOException {
        try (OnnxModel model = OnnxModel.open(file, Device.cpu())) {
            return Labels.of(model, model.outputs().get(0));
        }
    }

    /** Protobuf reads appended bytes as a further entry of the metadata. */
    private Path withLabels(String labels) throws IOException {
        byte[] value = labels.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(Files.readAllBytes(Fixtures.file("quadrants-without-labels.onnx")));
        file.write(new byte[] {0x72, (byte) (10 + value.length), 0x0a, 6});
        file.write("labels".getBytes(StandardCharsets.UTF_8));
        file.write(new byte[] {0x12, (byte) value.length});
        file.write(value);
        return Files.write(folder.resolve("labelled.onnx"), file.toByteArray());
    }
}
