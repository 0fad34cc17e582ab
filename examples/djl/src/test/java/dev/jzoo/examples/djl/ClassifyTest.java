package dev.jzoo.examples.djl;

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
        assertTrue(printed.toString().contains("\"7\""), printed.toString());
    }
}
