package dev.jzoo.export.scratch;

import dev.jzoo.export.testing.IndependentCheck;
import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class IndependentCheckTest extends IndependentCheck {}
