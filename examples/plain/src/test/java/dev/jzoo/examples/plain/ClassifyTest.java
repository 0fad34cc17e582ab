package dev.jzoo.examples.plain;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ClassifyTest {

    @Test
    void aSevenIsASeven() throws Exception {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            Classify.main(new String[] {"../../docs/pictures/seven.png"});
        } finally {
            System.setOut(console);
        }
        assertTrue(printed.toString().startsWith("7 ("), printed.toString());
    }
}
