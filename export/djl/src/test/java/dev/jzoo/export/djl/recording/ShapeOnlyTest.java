package dev.jzoo.export.djl.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that shapes inferred without computing equal those of the engine. */
class ShapeOnlyTest {

    private static final Shape NONE = new Shape();

    private static RecordedTensor tensor(Shape shape) {
        return new RecordedTensor(0, new RecordedTensor.TensorOrigin.InputOrigin(0), shape, DataType.FLOAT32);
    }

    private static Shape run(NDManager manager, Block block, Shape input) {
        block.initialize(manager, DataType.FLOAT32, input);
        try (NDManager scratch = manager.newSubManager()) {
            NDArray output = block.forward(
                            new ParameterStore(scratch, false), new ai.djl.ndarray.NDList(scratch.ones(input)), false)
                    .head();
            return output.getShape();
        }
    }

    @Test
    void convolutionsOfAnySizeHaveTheShapesOfTheEngine() {
        Random random = new Random(20261121);
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int i = 0; i < 60; i++) {
                int groups = 1 + random.nextInt(2);
                long[] sizes = {1 + random.nextInt(3), groups * 2L, 7 + random.nextInt(9), 7 + random.nextInt(9)};
                Shape input = i % 2 == 0 ? new Shape(sizes) : new Shape(sizes[0], sizes[1], sizes[2]);
                int rank = input.dimension() - 2;
                long[] kernel = random.longs(rank, 1, 4).toArray();
                long[] stride = random.longs(rank, 1, 4).toArray();
                long[] padding = random.longs(rank, 0, 3).toArray();
                long[] dilation = random.longs(rank, 1, 4).toArray();
                Conv1d.Builder line = Conv1d.builder();
                Conv2d.Builder plane = Conv2d.builder();
                (rank == 2 ? plane : line)
                        .setFilters(groups * 3)
                        .setKernelShape(new Shape(kernel))
                        .optStride(new Shape(stride))
                        .optPadding(new Shape(padding))
                        .optDilation(new Shape(dilation))
                        .optGroups(groups);
                Block block = rank == 2 ? plane.build() : line.build();
                Shape expected = run(manager, block, input);
                Shape weight = block.getParameters().get("weight").getArray().getShape();
                List<Object> recorded = List.of(
                        tensor(input),
                        tensor(input),
                        tensor(weight),
                        tensor(NONE),
                        new Shape(stride),
                        new Shape(padding),
                        new Shape(dilation),
                        groups);
                assertEquals(Optional.of(expected), ShapeOnly.of("convolution", recorded));
            }
        }
    }

    @Test
    void linearHasTheShapeOfTheEngineWhateverComesBeforeTheLastAxis() {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (Shape input : List.of(new Shape(2, 5), new Shape(2, 3, 5))) {
                Block block = Linear.builder().setUnits(4).build();
                Shape expected = run(manager, block, input);
                List<Object> recorded = List.of(tensor(input), tensor(input), tensor(new Shape(4, 5)));
                assertEquals(Optional.of(expected), ShapeOnly.of("linear", recorded));
            }
        }
    }

    @Test
    void whatDoesNotFitIsLeftToTheEngineToRefuse() {
        List<Object> channels = List.of(
                tensor(new Shape(1, 3, 8)),
                tensor(new Shape(1, 3, 8)),
                tensor(new Shape(4, 2, 3)),
                tensor(NONE),
                new Shape(1),
                new Shape(0),
                new Shape(1),
                1);
        assertEquals(Optional.empty(), ShapeOnly.of("convolution", channels));
        assertEquals(
                Optional.empty(),
                ShapeOnly.of("linear", List.of(tensor(NONE), tensor(new Shape(2, 5)), tensor(new Shape(4, 6)))));
        assertEquals(Optional.empty(), ShapeOnly.of("matMul", List.of(tensor(new Shape(2, 5)))));
    }
}
