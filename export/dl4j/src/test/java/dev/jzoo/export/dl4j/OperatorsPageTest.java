package dev.jzoo.export.dl4j;

import dev.jzoo.export.testing.OperatorsPageCheck;
import java.util.Set;
import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class OperatorsPageTest extends OperatorsPageCheck {

    OperatorsPageTest() {
        super(Set.of("DL4J", "Keras"));
    }
}
