package dev.jzoo.zoo.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A caller that logs only the message still gets the advice. */
class JZooExceptionTest {

    @Test
    void theMessageContainsTheHint() {
        JZooException failure = new JZooException(JZooException.Code.NOT_FOUND, "There is no file a.", "Name another.");
        assertEquals("There is no file a. Name another.", failure.getMessage());
        assertEquals("There is no file a.", failure.summary());
        assertEquals("Name another.", failure.hint());
    }

    @Test
    void aSummaryThatIsNoSentenceEndsBeforeTheHint() {
        assertEquals(
                "a.onnx failed: [-3,2]. Check the inputs.",
                new JZooException(JZooException.Code.BAD_INPUT, "a.onnx failed: [-3,2]", "Check the inputs.")
                        .getMessage());
    }

    @Test
    void withoutAHintTheMessageIsTheSummary() {
        assertEquals("It failed.", new JZooException(JZooException.Code.FAILED, "It failed.", "").getMessage());
    }
}
