package dev.jzoo.finetune.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.Graph;
import dev.jzoo.onnx.GraphBuilder;
import dev.jzoo.onnx.TensorData;
import dev.jzoo.onnx.ValueInfo;
import dev.jzoo.zoo.card.Dimension;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpliceTest {

    @Test
    void aNewNameIsNeitherTakenByTheBaseNorByAnotherOfThePart() {
        GraphBuilder base = new GraphBuilder(17);
        ValueInfo x = new ValueInfo("x", DataType.FLOAT, Dimension.batchOf(3));
        String scaled = base.op("Mul", base.input(x), base.constant(9f)).emitAs("y");
        base.output(new ValueInfo(scaled, DataType.FLOAT, Dimension.batchOf(3)));
        GraphBuilder part = new GraphBuilder(17);
        ValueInfo in = new ValueInfo("in", DataType.FLOAT, Dimension.batchOf(3));
        // Both builders name their constants /constant, /constant_1 and so on.
        String one = part.op("Sub", part.input(in), part.constant(5f)).emit();
        String other = part.op("Div", one, part.constant(7f)).emit();
        part.output(x.named(other));
        Graph joined = Splice.before(part.build("part"), x, base.build("base"));
        Set<Float> constants = new HashSet<>();
        for (TensorData value : joined.initializers().values()) {
            constants.add(value.floats()[0]);
        }
        assertEquals(Set.of(9f, 5f, 7f), constants);
        assertEquals(
                List.of(5f, 7f, 9f),
                joined.nodes().stream()
                        .map(node ->
                                joined.initializers().get(node.inputs().get(1)).floats()[0])
                        .toList());
    }
}
