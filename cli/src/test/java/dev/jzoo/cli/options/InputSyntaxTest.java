package dev.jzoo.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.jzoo.export.InputDeclaration;
import dev.jzoo.export.InputValues;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@code --input NAME[:TYPE][:LOW..HIGH]=AXES}. */
class InputSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x=batch,784 | x | FLOAT | batch,784",
                "ids:int64=batch,time | ids | INT64 | batch,time",
                "ids:int64:0..999=batch,time | ids | INT64 | batch,time",
                "x:0.5..1=batch | x | FLOAT | batch",
                "input:0=batch,4 | input:0 | FLOAT | batch,4",
                "input:0:double=batch | input:0 | DOUBLE | batch",
                "input:0:uint8:0..255=1,3 | input:0 | UINT8 | 1,3",
                "a:b:c:float=n | a:b:c | FLOAT | n",
                "mask:bool=batch , time | mask | BOOL | batch,time",
                "h:float16:-1e-3..+2.5E2=batch | h | FLOAT16 | batch"
            })
    void theNameEndsWhereTypeAndRangeBegin(String typed, String name, DataType type, String axes) {
        ValueInfo port = InputSyntax.parse(typed).port();
        assertEquals(name, port.name());
        assertEquals(type, port.type());
        assertEquals(
                List.of(axes.split(",")),
                port.shape().stream().map(Dimension::toString).toList());
    }

    @ParameterizedTest
    @CsvSource({"x:0..1=n, 0, 1", "x:-.5..2.=n, -0.5, 2", "ids:int64:3..3=n, 3, 3", "x:-1e-3..+2.5E2=n, -0.001, 250"})
    void aRangeIsTheValuesThatAreDrawn(String typed, double low, double high) {
        assertEquals(InputValues.between(low, high), InputSyntax.parse(typed).values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:int64=n", "0..1=n"})
    void withoutARangeNothingIsKnownOfTheValues(String typed) {
        assertEquals(InputValues.unknown(), InputSyntax.parse(typed).values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "=batch,4",
                "x:2..1=n",
                "x=",
                "x=3,,4",
                "x=0",
                "x=batch,-1",
                "x=y=3",
                "x=3.5",
                "x=1e3",
                "x=3 4"
            })
    void whatIsNoInputIsRefused(String typed) {
        String said = assertThrows(IllegalArgumentException.class, () -> InputSyntax.parse(typed))
                .getMessage();
        assertTrue(said != null && !said.isBlank(), typed);
    }

    @Test
    void theOptionThatAdviceShowsIsReadAgain() {
        for (DataType type : List.of(DataType.FLOAT, DataType.INT64, DataType.BOOL)) {
            ValueInfo port = new ValueInfo("input:0", type, List.of(Dimension.BATCH, Dimension.of(7)));
            String option = InputSyntax.option(port, "0..9");
            assertTrue(option.startsWith("--input "), option);
            InputDeclaration read = InputSyntax.parse(option.substring("--input ".length()));
            assertEquals(new InputDeclaration(port, InputValues.between(0, 9)), read);
        }
    }
}
