package dev.jzoo.export.dl4j;

import dev.jzoo.export.testing.IndependentCheck;
import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class IndependentCheckTest extends IndependentCheck {}
