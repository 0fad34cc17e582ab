package dev.jzoo.training.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import dev.jzoo.training.Objective;
import dev.jzoo.training.Plan;
import dev.jzoo.training.examples.ArrayExamples;
import dev.jzoo.training.examples.Batch;
import dev.jzoo.training.examples.BatchReader;
import dev.jzoo.training.examples.Examples;
import java.util.Iterator;
import java.util.stream.LongStream;

/** The batches of examples as arrays of DJL. */
interface DjlBatches {

    /**
     * A batch in DJL.
     *
     * @param input [size, inputShape...]
     * @param target int64 [size, targetShape..., 1] for classes, float32 [size, targetShape...] for numbers
     */
    record DeviceBatch(int size, NDArray input, NDArray target) {}

    /** One pass through the examples. */
    interface Pass extends AutoCloseable {
        boolean hasNext();

        /** Returns the next batch, owned by the given manager. */
        DeviceBatch next(NDManager step);

        @Override
        void close();
    }

    /** Starts an epoch. */
    Pass pass(NDManager scope, int epoch, int[] order);

    /**
     * Returns the batches of examples. Examples in arrays are kept in DJL, and each step selects its own by index.
     * Other examples are read while DJL computes.
     */
    static DjlBatches of(Examples examples, Plan plan, NDManager manager) {
        return examples instanceof ArrayExamples arrays
                ? new Resident(arrays, plan, manager)
                : new Streamed(examples, plan);
    }

    /** Returns inputs in the network's type: int64 for identifiers, float32 for numbers. */
    static NDArray input(Examples examples, NDManager manager, float[] values, int count) {
        NDArray input = manager.create(values, shape(count, examples.inputShape()));
        return examples.inputKind() == Examples.InputKind.IDENTIFIERS ? input.toType(DataType.INT64, false) : input;
    }

    private static NDArray target(Examples examples, Plan plan, NDManager manager, float[] values, int count) {
        if (plan.objective() instanceof Objective.CrossEntropy) {
            return manager.create(values, shape(count, examples.targetShape(), 1))
                    .toType(DataType.INT64, false);
        }
        return manager.create(values, shape(count, examples.targetShape()));
    }

    private static Shape shape(long count, long[] shape, long... more) {
        return new Shape(
                LongStream.concat(LongStream.of(count), LongStream.concat(LongStream.of(shape), LongStream.of(more)))
                        .toArray());
    }

    /** All examples in two arrays of DJL. */
    final class Resident implements DjlBatches {

        private final ResidentRows inputs;
        private final ResidentRows targets;
        private final int batch;

        Resident(ArrayExamples examples, Plan plan, NDManager manager) {
            inputs = ResidentRows.of(input(examples, manager, examples.inputs(), examples.size()));
            targets = ResidentRows.of(target(examples, plan, manager, examples.targets(), examples.size()));
            batch = plan.batch();
        }

        /**
         * An array whose rows are selected by an embedding lookup, which copies whole rows. Selection by index would
         * copy value by value in PyTorch.
         *
         * @param rows [size, values]
         * @param shape shape of a row
         */
        private record ResidentRows(NDArray rows, Shape shape) {

            static ResidentRows of(NDArray array) {
                return new ResidentRows(
                        array.reshape(array.getShape().get(0), -1),
                        array.getShape().slice(1));
            }

            NDArray pick(NDArray indices, NDManager owner) {
                NDArray picked =
                        Embedding.embedding(indices, rows, SparseFormat.DENSE).singletonOrThrow();
                picked.attach(owner);
                return shape.dimension() == 1 ? picked : picked.reshape(new Shape(indices.size()).addAll(shape));
            }
        }

        @Override
        public Pass pass(NDManager scope, int epoch, int[] order) {
            long[] ends = LongStream.iterate(batch, end -> end < order.length, end -> end + batch)
                    .toArray();
            NDList indices = scope.create(order).toType(DataType.INT64, false).split(ends);
            Iterator<NDArray> remaining = indices.iterator();
            return new Pass() {
                @Override
                public boolean hasNext() {
                    return remaining.hasNext();
                }

                @Override
                public DeviceBatch next(NDManager step) {
                    NDArray chosen = remaining.next();
                    return new DeviceBatch((int) chosen.size(), inputs.pick(chosen, step), targets.pick(chosen, step));
                }

                @Override
                public void close() {
                    indices.close();
                }
            };
        }
    }

    /** Batches that a second thread reads and copies. */
    record Streamed(Examples examples, Plan plan) implements DjlBatches {

        @Override
        public Pass pass(NDManager scope, int epoch, int[] order) {
            BatchReader reader = new BatchReader(examples, order, plan.batch(), epoch);
            return new Pass() {
                @Override
                public boolean hasNext() {
                    return reader.hasNext();
                }

                @Override
                public DeviceBatch next(NDManager step) {
                    Batch read = reader.next();
                    return new DeviceBatch(
                            read.size(),
                            input(examples, step, read.inputs(), read.size()),
                            target(examples, plan, step, read.targets(), read.size()));
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
