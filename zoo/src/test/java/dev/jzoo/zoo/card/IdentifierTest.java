package dev.jzoo.zoo.card;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "mnist-logistic", "cifar10-resnet20", "0-0-7"})
    void wordsJoinedByHyphensAreTaken(String id) {
        assertDoesNotThrow(() -> Identifier.require("A model's id", id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a-", "-a", "a--b", "A", "a_b", "a.b", "a/b", "../a", "a b", "ä"})
    void anythingElseIsRefused(String id) {
        assertEquals(
                "A model's id has lower-case letters and digits, joined by hyphens; '" + id + "' does not.",
                assertThrows(IllegalArgumentException.class, () -> Identifier.require("A model's id", id))
                        .getMessage());
    }
}
