package dev.jzoo.export.djl;

import dev.jzoo.export.testing.IndependentCheck;
import org.junit.jupiter.api.Order;

@Order(Integer.MAX_VALUE)
class IndependentCheckTest extends IndependentCheck {}
