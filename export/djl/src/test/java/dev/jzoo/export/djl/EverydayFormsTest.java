package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.jzoo.onnx.ValueInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tests common forms of forward passes: constants in a field as left operand, tables cut to the length, numbers that
 * Java computes from sizes, axes counted from the end. Each is exported and agrees at sizes that were not recorded.
 */
class EverydayFormsTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo MATRIX = floats("batch", 4);
    private static final ValueInfo CUBE = floats("batch", "time", 4);
    private static final ValueInfo PICTURE = floats("batch", 3, "height", "width");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** A record with a network's settings. */
    private record ScaleAndShift(NDArray scale, NDArray shift) {}

    private interface ArrayFunction {
        NDArray of(NDArray x);
    }

    /** A function whose table grows with the longest input so far. */
    private static final class GrowingTable implements ArrayFunction {
        private NDArray table;

        @Override
        public NDArray of(NDArray x) {
            if (table == null || table.size(0) < x.size(1)) {
                table = x.getManager().arange((int) x.size(1)).toType(DataType.FLOAT32, false);
                table.detach();
            }
            return x.add(table.get(":{}", x.size(1)).expandDims(1));
        }
    }

    @TestFactory
    List<DynamicTest> arraysThatTheNetworkHolds() {
        NDArray c = MANAGER.randomNormal(new Shape(4));
        NDArray positive = MANAGER.randomUniform(0.5f, 2, new Shape(4));
        NDArray row = MANAGER.randomNormal(new Shape(1, 4));
        NDArray matrix = MANAGER.randomNormal(new Shape(4, 4));
        NDManager own = MANAGER;
        List<NDArray> frozen = List.of(c, positive);
        List<NDArray> open = new NDList(c, positive);
        Map<String, NDArray> named = Map.of("scale", c);
        NDArray[] array = {c, positive};
        ScaleAndShift pair = new ScaleAndShift(c, positive);
        UnaryOperator<NDArray> inner = x -> c.mul(x);
        UnaryOperator<NDArray> outer = x -> inner.apply(x).add(1);
        UnaryOperator<NDArray> bound = c::sub;
        return new Cases(MANAGER)
                .primitive("constant.mul(x)", x -> c.mul(x), MATRIX)
                .primitive(
                        "constant.add(x), sub, div",
                        x -> c.add(x).add(c.sub(x)).add(c.div(x.square().add(1))),
                        MATRIX)
                .primitive("constant.pow(x)", x -> positive.pow(x), MATRIX)
                .primitive("constant.maximum(x), minimum", x -> c.maximum(x).add(c.minimum(x)), MATRIX)
                .primitive(
                        "constant.gt(x), lte, eq",
                        x -> c.gt(x).logicalOr(c.lte(x)).logicalAnd(c.eq(x)),
                        MATRIX)
                .primitive("constant.matMul(x)", x -> matrix.matMul(x.transpose()), MATRIX)
                .primitive("constant.dot of itself", x -> x.mul(c.dot(c)), MATRIX)
                .primitive(
                        "concat(constant, x)",
                        x -> NDArrays.concat(new NDList(row.broadcast(x.getShape()), x), 1),
                        MATRIX)
                .primitive("constant.concat(x)", x -> row.concat(x, 0), MATRIX)
                .primitive(
                        "stack(constant, x)",
                        x -> NDArrays.stack(new NDList(row.broadcast(x.getShape()), x), 1),
                        MATRIX)
                .primitive(
                        "where(constant > 0, x, constant)",
                        x -> NDArrays.where(c.gt(0).broadcast(x.getShape()), x, c.broadcast(x.getShape())),
                        MATRIX)
                .primitive(
                        "constant / x by the engine's own",
                        x -> x.square().add(1).getNDArrayInternal().rdiv(c),
                        MATRIX)
                .primitive(
                        "a class token in front",
                        x -> row.reshape(1, 1, 4).broadcast(x.size(0), 1, 4).concat(x, 1),
                        CUBE)
                .primitive(
                        "a manager of its own",
                        x -> own.ones(x.getShape())
                                .mul(x)
                                .add(own.zeros(new Shape(x.size(0), 4)).sub(x)),
                        MATRIX)
                .primitive(
                        "a list that cannot change", x -> frozen.get(0).mul(x).add(frozen.get(1)), MATRIX)
                .primitive("a list", x -> open.get(0).mul(x).add(open.get(1)), MATRIX)
                .primitive("a map", x -> named.get("scale").mul(x), MATRIX)
                .primitive("an array of arrays", x -> array[1].mul(x).sub(array[0]), MATRIX)
                .primitive("a record", x -> pair.scale().mul(x).add(pair.shift()), MATRIX)
                .primitive("a lambda in a lambda", x -> outer.apply(x), MATRIX)
                .primitive("a bound method", x -> bound.apply(x), MATRIX)
                .primitive(
                        "an anonymous class",
                        x -> new ArrayFunction() {
                            @Override
                            public NDArray of(NDArray y) {
                                return c.mul(y);
                            }
                        }.of(x),
                        MATRIX)
                .tests();
    }

    @TestFactory
    List<DynamicTest> tablesThatAreCutToTheLength() {
        NDArray table = MANAGER.randomNormal(new Shape(1, 60, 4));
        NDArray rows = MANAGER.randomNormal(new Shape(60, 4));
        NDArray square = MANAGER.randomNormal(new Shape(60, 60));
        GrowingTable growing = new GrowingTable();
        return new Cases(MANAGER)
                .primitive("table.get by text", x -> x.add(table.get(":, :{}, :", x.size(1))), CUBE)
                .primitive(
                        "table.get by an index",
                        x -> x.add(table.get(new NDIndex().addAllDim().addSliceDim(0, x.size(1)))),
                        CUBE)
                .primitive("the last rows of a table", x -> x.add(rows.get("{}:", 60 - x.size(1))), CUBE)
                .primitive("the last rows, counted from the end", x -> x.add(rows.get("{}:", -x.size(1))), CUBE)
                .primitive(
                        "rows of a table by their numbers",
                        x -> x.add(rows.get(x.getManager().arange((int) x.size(1)))),
                        CUBE)
                .primitive(
                        "a square of a table",
                        x -> square.get(":{}, :{}", x.size(1), x.size(1)).matMul(x),
                        CUBE)
                .primitive(
                        "a table split at the length",
                        x -> x.add(rows.split(new long[] {x.size(1)}, 0).get(0)),
                        CUBE)
                .primitive("a table that the forward pass keeps", growing::of, CUBE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> numbersFromSizes() {
        return new Cases(MANAGER)
                .primitive("div(Math.sqrt(T))", x -> x.div(Math.sqrt(x.size(1))), CUBE)
                .primitive("div((float) Math.sqrt(T))", x -> x.div((float) Math.sqrt(x.size(1))), CUBE)
                .primitive("mul(1.0 / T)", x -> x.mul(1.0 / x.size(1)), CUBE)
                .primitive("mul(1 - 1.0 / T)", x -> x.mul(1 - 1.0 / x.size(1)), CUBE)
                .primitive("div(T - 1)", x -> x.div(x.size(1) - 1), CUBE)
                .primitive("mul(1f / (T - 1))", x -> x.mul(1f / (x.size(1) - 1)), CUBE)
                .primitive("add(Math.log(T))", x -> x.add(Math.log(x.size(1))), CUBE)
                .primitive("div(T * T)", x -> x.div(x.size(1) * x.size(1)), CUBE)
                .primitive("mul(1.0 / (H * W))", x -> x.mul(1.0 / (x.size(2) * x.size(3))), PICTURE)
                .primitive("mul(Math.pow(T, -0.25))", x -> x.mul(Math.pow(x.size(1), -0.25)), CUBE)
                .primitive("clip up to T", x -> x.clip(0, x.size(1) / 2), CUBE)
                .primitive(
                        "a mean with a full array",
                        x -> x.mul(x.getManager().full(new Shape(x.size(1), 1), 1f / x.size(1))),
                        CUBE)
                .primitive(
                        "a number as an array", x -> x.div(x.getManager().create((float) Math.sqrt(x.size(1)))), CUBE)
                .primitive(
                        "positions from 0 to 1",
                        x -> x.add(
                                x.getManager().linspace(0f, 1f, (int) x.size(1)).expandDims(1)),
                        CUBE)
                .primitive(
                        "positions around 0",
                        x -> x.add(x.getManager()
                                .arange(1f - x.size(1), (float) x.size(1), 2f)
                                .expandDims(1)),
                        CUBE)
                .primitive("a Java array of positions", x -> x.add(positions(x)), CUBE)
                .primitive("a Java array of lengths", x -> x.div(lengths(x)), CUBE)
                .primitive("eye(T)", x -> x.getManager().eye((int) x.size(1)).matMul(x), CUBE)
                .primitive("a triangle that Java fills", x -> triangle(x, 0, 1).matMul(x), CUBE)
                .primitive(
                        "a causal mask of minus infinity",
                        x -> x.matMul(x.transpose(0, 2, 1))
                                .add(triangle(x, Float.NEGATIVE_INFINITY, 0))
                                .softmax(-1)
                                .matMul(x),
                        CUBE)
                .tests();
    }

    private static NDArray positions(NDArray x) {
        float[] positions = new float[(int) x.size(1)];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        return x.getManager().create(positions, new Shape(1, positions.length, 1));
    }

    private static NDArray lengths(NDArray x) {
        float[] lengths = new float[(int) x.size(0)];
        Arrays.fill(lengths, x.size(1));
        return x.getManager().create(lengths, new Shape(lengths.length, 1, 1));
    }

    private static NDArray triangle(NDArray x, float above, float below) {
        int length = (int) x.size(1);
        float[] mask = new float[length * length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % length > i / length ? above : below;
        }
        return x.getManager().create(mask, new Shape(length, length));
    }

    @TestFactory
    List<DynamicTest> copiesAsOftenAsASize() {
        return new Cases(MANAGER)
                .primitive(
                        "repeat(1, T)",
                        x -> x.add(x.sum(new int[] {1}).expandDims(1).repeat(1, x.size(1))),
                        CUBE)
                .primitive(
                        "repeat for each axis",
                        x -> x.sum(new int[] {1}).expandDims(1).repeat(new long[] {1, x.size(1), 2}),
                        CUBE)
                .primitive("repeat an open axis twice", x -> x.repeat(1, 2), CUBE)
                .primitive("repeat all as often as the batch", x -> x.repeat(x.size(0)), MATRIX)
                .primitive("tile as often as the batch", x -> x.tile(x.size(0)), MATRIX)
                .primitive("tile an axis", x -> x.get(":, :1").tile(new long[] {1, x.size(1), 1}), CUBE)
                .primitive("broadcast", x -> x.get(":, :1").broadcast(x.getShape()), CUBE)
                .primitive(
                        "as many ones as a size",
                        x -> x.get(":, 0").oneHot((int) x.size(1)).sum(),
                        input("x", dev.jzoo.onnx.DataType.INT64, "batch", "time"))
                .tests();
    }

    @TestFactory
    List<DynamicTest> axesThatCountFromTheEnd() {
        return new Cases(MANAGER)
                .primitive("squeeze(-1)", x -> x.expandDims(-1).squeeze(-1), MATRIX)
                .primitive("squeeze(-2)", x -> x.expandDims(1).squeeze(-2), MATRIX)
                .primitive("squeeze of an axis that stays", x -> x.squeeze(-1), MATRIX)
                .primitive("swapAxes(-1, -2)", x -> x.swapAxes(-1, -2), CUBE)
                .primitive("concat(-2)", x -> x.concat(x, -2), CUBE)
                .primitive("stack(-2)", x -> x.stack(x.neg(), -2), CUBE)
                .primitive("flip(-2)", x -> x.flip(-2), CUBE)
                .primitive(
                        "sum, mean, prod, max, min of -1",
                        x -> x.sum(new int[] {-1})
                                .add(x.mean(new int[] {-1}))
                                .add(x.prod(new int[] {-1}))
                                .add(x.max(new int[] {-1}))
                                .add(x.min(new int[] {-1})),
                        CUBE)
                .primitive(
                        "argMax(-1), argMin(-2)",
                        x -> x.argMax(-1).sum().add(x.argMin(-2).sum()),
                        CUBE)
                .primitive("cumSum(-2)", x -> x.cumSum(-2), CUBE)
                .primitive("repeat(-1, 2)", x -> x.repeat(-1, 2), CUBE)
                .primitive("gather(-1)", x -> x.gather(x.argSort(-1, true), -1), CUBE)
                .primitive("sort(-2)", x -> x.sort(-2), CUBE)
                .primitive("softmax(-2), logSoftmax(-2)", x -> x.softmax(-2).add(x.logSoftmax(-2)), CUBE)
                .primitive("normalize(2, -1)", x -> x.normalize(2, -1), CUBE)
                .primitive("transpose(0, -1, 1)", x -> x.transpose(0, -1, 1), CUBE)
                .primitive("flatten(1, -1)", x -> x.flatten(1, -1), PICTURE)
                .primitive("norm of -1", x -> x.norm(new int[] {-1}, true), CUBE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> numbersOnTheLeft() {
        return new Cases(MANAGER)
                .primitive(
                        "NDArrays.add(1, x), sub, mul, div",
                        x -> NDArrays.add(1, x)
                                .add(NDArrays.sub(1, x))
                                .mul(NDArrays.mul(2, x))
                                .add(NDArrays.div(1, x.square().add(1))),
                        MATRIX)
                .primitive("NDArrays.pow(2, x)", x -> NDArrays.pow(2, x), MATRIX)
                .primitive("NDArrays.mod(5, x)", x -> NDArrays.mod(5, x.abs().add(1)), MATRIX)
                .primitive(
                        "NDArrays.maximum(0, x), minimum",
                        x -> NDArrays.maximum(0, x).add(NDArrays.minimum(1, x)),
                        MATRIX)
                .primitive(
                        "NDArrays.gt(0, x), gte, lt, lte, eq, neq",
                        x -> NDArrays.gt(0, x)
                                .logicalAnd(NDArrays.gte(0, x))
                                .logicalOr(NDArrays.lt(1, x).logicalAnd(NDArrays.lte(1, x)))
                                .logicalXor(NDArrays.eq(0, x).logicalOr(NDArrays.neq(0, x))),
                        MATRIX)
                .primitive("several operands", x -> NDArrays.add(x, x, x).add(NDArrays.mul(x, x, x)), MATRIX)
                .primitive("in place", x -> NDArrays.addi(1, NDArrays.muli(2, NDArrays.subi(1, x.mul(1)))), MATRIX)
                .primitive(
                        "a number in place of an array, from the right",
                        x -> x.getNDArrayInternal()
                                .rpow(2)
                                .add(x.square().add(1).getNDArrayInternal().rmod(3)),
                        MATRIX)
                .tests();
    }

    @TestFactory
    List<DynamicTest> assignments() {
        NDArray table = MANAGER.zeros(new Shape(60, 4));
        return new Cases(MANAGER)
                .primitive("set a column", x -> changed(x, y -> y.set(new NDIndex(":, 0"), 7)), MATRIX)
                .primitive("set a range of an open axis", x -> changed(x, y -> y.set(new NDIndex(":, 1:"), 7)), CUBE)
                .primitive("set with a step", x -> changed(x, y -> y.set(new NDIndex(":, :, ::2"), 7)), CUBE)
                .primitive(
                        "set to an array",
                        x -> changed(
                                x, y -> y.set(new NDIndex(":, 1"), x.get(":, 0").neg())),
                        CUBE)
                .primitive(
                        "set to an array that is stretched",
                        x -> changed(x, y -> y.set(new NDIndex(":, 1:3"), x.sum())),
                        CUBE)
                .primitive("set where a mask is", x -> changed(x, y -> y.set(y.gt(0), 0)), CUBE)
                .primitive("set by a function", x -> changed(x, y -> y.set(new NDIndex(":, 0"), NDArray::exp)), CUBE)
                .primitive("set one element", x -> changed(x, y -> y.setScalar(new NDIndex("0, 1, 2"), 9)), CUBE)
                .primitive(
                        "set all from Java",
                        x -> x.add(changed(x.get("0, 0"), y -> y.set(new float[] {1, 2, 3, 4}))),
                        CUBE)
                .primitive(
                        "set a part of a constant",
                        x -> x.add(changed(x.getManager().zeros(new Shape(4)), y -> y.set(new NDIndex("::2"), 3))),
                        MATRIX)
                .primitive("set a part of a sized constant", EverydayFormsTest::waves, CUBE)
                .primitive(
                        "set a part of what the network holds",
                        x -> x.add(
                                changed(table, y -> y.set(new NDIndex("0"), 1)).get(":{}", x.size(1))),
                        CUBE)
                .primitive(
                        "copyTo",
                        x -> {
                            NDArray copy = x.zerosLike();
                            x.neg().copyTo(copy);
                            return copy.add(x);
                        },
                        MATRIX)
                .primitive("scatter", x -> x.scatter(x.argSort(1, true), x.neg(), 1), MATRIX)
                .tests();
    }

    private static NDArray changed(NDArray x, Consumer<NDArray> change) {
        NDArray copy = x.duplicate();
        change.accept(copy);
        return copy;
    }

    /** Returns sine and cosine encodings of positions, as in textbooks. */
    private static NDArray waves(NDArray x) {
        NDManager manager = x.getManager();
        NDArray waves = manager.zeros(new Shape(1, x.size(1), 4));
        NDArray angles = manager.arange(0f, x.size(1))
                .reshape(-1, 1)
                .div(manager.create(10000f).pow(manager.arange(0f, 4, 2).div(4)));
        waves.set(new NDIndex(":, :, 0::2"), angles.sin().expandDims(0));
        waves.set(new NDIndex(":, :, 1::2"), angles.cos().expandDims(0));
        return x.add(waves);
    }

    @TestFactory
    List<DynamicTest> rareMethods() {
        return new Cases(MANAGER)
                .primitive("atan2", x -> x.atan2(x.round().neg()), MATRIX)
                .primitive("cumProd", x -> x.cumProd(1).add(x.cumProd(2)), CUBE)
                .primitive("diff", x -> x.diff(1, 1), CUBE)
                .primitive("diff twice", x -> x.diff(2, -1), CUBE)
                .primitive("diagonal", x -> x.diagonal(), MATRIX)
                .primitive(
                        "diagonals",
                        x -> x.diagonal(1, 1, 2).concat(x.diagonal(-1, 2, 1), 1),
                        floats("batch", "time", "time"))
                .primitive("a quarter of a turn", x -> x.rotate90(1, new int[] {2, 3}), PICTURE)
                .primitive("half a turn", x -> x.rotate90(2, new int[] {2, 3}), PICTURE)
                .primitive("three quarters of a turn", x -> x.rotate90(3, new int[] {3, 2}), PICTURE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> helpers() {
        return new Cases(MANAGER)
                .primitive("a manager that is opened and closed", EverydayFormsTest::scoped, MATRIX)
                .primitive(
                        "an optional array",
                        x -> Optional.of(x).map(NDArray::neg).orElseThrow(),
                        MATRIX)
                .primitive("attached and detached", EverydayFormsTest::attached, MATRIX)
                .primitive(
                        "diag of a matrix by a mask",
                        x -> x.matMul(x.transpose(0, 2, 1))
                                .mul(x.getManager().eye((int) x.size(1)))
                                .sum(new int[] {2}),
                        CUBE)
                .primitive(
                        "booleans as numbers",
                        x -> x.gt(0).toType(DataType.FLOAT32, false).mul(x),
                        MATRIX)
                .primitive("duplicate, stopGradient", x -> x.duplicate().add(x.stopGradient()), MATRIX)
                .primitive("like", x -> x.add(x.zerosLike()).mul(x.onesLike()), MATRIX)
                .tests();
    }

    private static NDArray scoped(NDArray x) {
        try (NDManager scope = x.getManager().newSubManager()) {
            x.tempAttach(scope);
            NDArray y = x.mul(scope.create(2f));
            return scope.ret(y);
        }
    }

    private static NDArray attached(NDArray x) {
        NDArray y = x.neg();
        y.attach(x.getManager());
        y.detach();
        return y;
    }
}
