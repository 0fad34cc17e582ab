package dev.jzoo.export.scratch;

import dev.jzoo.export.testing.OperatorsPageCheck;
import java.util.Set;
import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class OperatorsPageTest extends OperatorsPageCheck {

    OperatorsPageTest() {
        super(Set.of(ScratchContract.SUITE));
    }
}
