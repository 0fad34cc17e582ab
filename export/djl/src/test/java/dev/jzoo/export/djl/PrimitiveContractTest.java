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
import ai.djl.nn.Activation;
import dev.jzoo.onnx.ValueInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares each primitive of DJL's arrays with its ONNX form. */
class PrimitiveContractTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo MATRIX = floats("batch", 5);
    private static final ValueInfo CUBE = floats("batch", "time", 6);
    private static final ValueInfo PICTURE = floats("batch", 4, 5, 7);
    private static final ValueInfo IDS = input("ids", dev.jzoo.onnx.DataType.INT64, "batch", "time");

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static NDArray positive(NDArray x) {
        return x.square().add(0.1f);
    }

    private static NDArray inner(NDArray x) {
        return x.tanh().mul(0.9f);
    }

    /** Returns functions of one number, and activations, by name. */
    static Map<String, Function<NDArray, NDArray>> functions() {
        Map<String, Function<NDArray, NDArray>> functions = new LinkedHashMap<>();
        functions.put("exp", NDArray::exp);
        functions.put("log", x -> positive(x).log());
        functions.put("log2", x -> positive(x).log2());
        functions.put("log10", x -> positive(x).log10());
        functions.put("sqrt", x -> positive(x).sqrt());
        functions.put("cbrt", x -> positive(x).cbrt());
        functions.put("square", NDArray::square);
        functions.put("neg", NDArray::neg);
        functions.put("abs", NDArray::abs);
        functions.put("sign", NDArray::sign);
        functions.put("floor", NDArray::floor);
        functions.put("ceil", NDArray::ceil);
        functions.put("round", x -> x.mul(3).round());
        functions.put("trunc", x -> x.mul(3).trunc());
        functions.put("sin", NDArray::sin);
        functions.put("cos", NDArray::cos);
        functions.put("tan", x -> inner(x).tan());
        functions.put("asin", x -> inner(x).asin());
        functions.put("acos", x -> inner(x).acos());
        functions.put("atan", NDArray::atan);
        functions.put("sinh", NDArray::sinh);
        functions.put("cosh", NDArray::cosh);
        functions.put("tanh", NDArray::tanh);
        functions.put("erf", NDArray::erf);
        functions.put("toDegrees", NDArray::toDegrees);
        functions.put("toRadians", NDArray::toRadians);
        functions.put("isNaN", x -> x.log().isNaN());
        functions.put(
                "isInfinite", x -> x.gt(0).toType(DataType.FLOAT32, false).log().isInfinite());
        functions.put("clip", x -> x.clip(-0.5, 0.25));
        functions.put(
                "in place",
                x -> x.mul(2).negi().addi(1).muli(x).subi(0.5f).divi(3).powi(2));
        functions.put("casts", x -> x.mul(5).toType(DataType.INT64, false).toType(DataType.FLOAT32, false));
        functions.put("relu", Activation::relu);
        functions.put("relu6", x -> Activation.relu6(x.mul(5)));
        functions.put("sigmoid", Activation::sigmoid);
        functions.put("softPlus", Activation::softPlus);
        functions.put("softSign", Activation::softSign);
        functions.put("leakyRelu", x -> Activation.leakyRelu(x, 0.3f));
        functions.put("elu", x -> Activation.elu(x, 0.7f));
        functions.put("selu", Activation::selu);
        functions.put("gelu", Activation::gelu);
        functions.put("swish", x -> Activation.swish(x, 1.7f));
        functions.put("mish", Activation::mish);
        functions.put("softmax of axis 1", x -> x.softmax(1));
        functions.put("softmax of axis -1", x -> x.softmax(-1));
        functions.put("softmax of axis 0", x -> x.softmax(0));
        functions.put("logSoftmax", x -> x.logSoftmax(-1));
        return functions;
    }

    @TestFactory
    List<DynamicTest> functionsOfOneNumber() {
        Cases cases = new Cases(MANAGER);
        functions().forEach((name, function) -> cases.primitive(name, function, PICTURE));
        return cases.tests();
    }

    @TestFactory
    List<DynamicTest> arithmeticAndComparison() {
        Cases cases = new Cases(MANAGER)
                .primitive("add number", x -> x.add(2).add(0.5), MATRIX)
                .primitive(
                        "numbers on the left",
                        x -> x.getNDArrayInternal()
                                .rsub(3)
                                .add(positive(x).getNDArrayInternal().rdiv(2)),
                        MATRIX)
                .primitive("pow", x -> positive(x).pow(1.5).add(positive(x).pow(x)), MATRIX)
                .primitive("maximum and minimum", x -> x.maximum(0.1).minimum(x.neg()), MATRIX)
                .primitive("mod", x -> x.mod(0.3f).add(x.mod(x.abs().add(0.5f).neg())), MATRIX)
                .primitive("mod of integers", x -> x.add(5).mod(3), IDS)
                .primitive("integers divided are real", x -> x.div(4), IDS)
                .primitive("integers and real numbers", x -> x.add(0.5f).mul(x), IDS)
                .primitive("xlogy", x -> Activation.relu(x).xlogy(positive(x)), MATRIX)
                .primitive("integer compared with a real number", x -> x.gt(0.5f), IDS)
                .primitive("booleans counted", x -> x.gt(0).sum(), MATRIX)
                .primitive("booleans counted along an axis", x -> x.gt(0).countNonzero(1), MATRIX)
                .primitive(
                        "logic",
                        x -> x.gt(0)
                                .logicalAnd(x.lt(1))
                                .logicalOr(x.lt(-1))
                                .logicalXor(x.gt(2))
                                .logicalNot(),
                        MATRIX)
                .primitive("where", x -> NDArrays.where(x.gt(0.2f), x.mul(3), x.neg()), MATRIX)
                .primitive(
                        "any, all, none",
                        x -> x.gt(0)
                                .any()
                                .logicalOr(x.gt(9).all())
                                .logicalAnd(x.gt(99).none()),
                        MATRIX)
                .lambda(
                        "broadcasting",
                        list -> new NDList(list.get(0).mul(list.get(1)).sub(list.get(1))),
                        CUBE,
                        input("scale", dev.jzoo.onnx.DataType.FLOAT, 6))
                .primitive("a mean by hand", x -> x.sum(new int[] {1}).div(x.size(1)), CUBE)
                .primitive("a size in a square root", x -> x.div(x.getManager().create((float) x.size(1))), CUBE);
        for (String comparison : List.of("eq", "neq", "gt", "gte", "lt", "lte")) {
            cases.primitive(comparison + " number", x -> compare(comparison, x.round(), null), MATRIX);
            cases.primitive(
                    comparison, x -> compare(comparison, x.round(), x.abs().floor()), MATRIX);
        }
        return cases.tests();
    }

    private static NDArray compare(String comparison, NDArray x, NDArray y) {
        return switch (comparison) {
            case "eq" -> y == null ? x.eq(1) : x.eq(y);
            case "neq" -> y == null ? x.neq(0) : x.neq(y);
            case "gt" -> y == null ? x.gt(0) : x.gt(y);
            case "gte" -> y == null ? x.gte(1.0) : x.gte(y);
            case "lt" -> y == null ? x.lt(0.5) : x.lt(y);
            default -> y == null ? x.lte(0) : x.lte(y);
        };
    }

    @TestFactory
    List<DynamicTest> reductionsAndOrder() {
        return new Cases(MANAGER)
                .primitive("sum", NDArray::sum, CUBE)
                .primitive("sum of axes", x -> x.sum(new int[] {0, -1}), CUBE)
                .primitive("sum kept", x -> x.sum(new int[] {1}, true), CUBE)
                .primitive(
                        "sum of integers", x -> x.toType(DataType.INT32, false).sum(new int[] {1}), IDS)
                .primitive("mean", NDArray::mean, CUBE)
                .primitive("mean of an axis", x -> x.mean(new int[] {-1}, true), CUBE)
                .primitive("max", NDArray::max, CUBE)
                .primitive("max of an axis", x -> x.max(new int[] {1}), CUBE)
                .primitive("min of an axis", x -> x.min(new int[] {1}, true).add(x.min()), CUBE)
                .primitive("prod", x -> x.prod(new int[] {2}).add(x.get(":, 0").prod()), CUBE)
                .primitive("norm", x -> x.norm().add(x.norm(true)), CUBE)
                .primitive("norm of axes", x -> x.norm(new int[] {1, 2}), CUBE)
                .primitive(
                        "norm of order 1 and 3",
                        x -> x.norm(1, new int[] {1}, true).add(x.norm(3, new int[] {2}, true)),
                        CUBE)
                .primitive("normalize", NDArray::normalize, CUBE)
                .primitive("normalize of order 1", x -> x.normalize(1, 2), CUBE)
                .primitive("cumSum", x -> x.cumSum(1).add(x.cumSum()), CUBE)
                .primitive("argMax", x -> x.argMax(1).add(x.argMin(2).sum()), CUBE)
                .primitive("argMax of all", x -> x.argMax().add(x.argMin()), CUBE)
                .lambda("topK", list -> list.head().topK(3, 1), CUBE)
                .lambda("topK smallest", list -> list.head().topK(2, -1, false, true), CUBE)
                .primitive("sort", x -> x.sort(1).add(x.sort()), CUBE)
                .primitive("argSort", x -> x.argSort(1, true).sub(x.argSort(-1, false)), CUBE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> shapes() {
        return new Cases(MANAGER)
                .primitive("reshape with the batch in place", x -> x.reshape(x.size(0), -1), CUBE)
                .primitive("reshape with two open axes", x -> x.reshape(x.size(0), x.size(1), 2, 3), CUBE)
                .primitive(
                        "reshape that moves an open axis",
                        x -> x.transpose(1, 2, 0).reshape(6, x.size(1), x.size(0)),
                        CUBE)
                .primitive(
                        "reshape that joins the batch with a fixed axis", x -> x.reshape(-1, 6), floats("batch", 4, 6))
                .primitive("reshape that joins open axes", x -> x.reshape(-1, 3), CUBE)
                .primitive(
                        "reshape there and back", x -> x.reshape(-1, 6).mul(2).reshape(x.size(0), x.size(1), 6), CUBE)
                .primitive("flatten", NDArray::flatten, CUBE)
                .primitive("flatten some", x -> x.flatten(1, 2), PICTURE)
                .primitive("transpose", NDArray::transpose, PICTURE)
                .primitive("transpose of axes", x -> x.transpose(0, 2, 3, 1), PICTURE)
                .primitive("swapAxes", x -> x.swapAxes(1, 3), PICTURE)
                .primitive("expandDims", x -> x.expandDims(1).expandDims(-1), CUBE)
                .primitive("squeeze", x -> x.expandDims(1).expandDims(3).squeeze(), CUBE)
                .primitive("squeeze one", x -> x.expandDims(1).squeeze(1), CUBE)
                .primitive("squeeze axes", x -> x.expandDims(1).expandDims(3).squeeze(new int[] {1, 3}), CUBE)
                .primitive("broadcast", x -> x.expandDims(1).broadcast(new Shape(x.size(0), 4, x.size(1), 6)), CUBE)
                .primitive("flip", x -> x.flip(1, 2), CUBE)
                .primitive("pad", x -> x.pad(new Shape(1, 2, 3, 0), 0.5), PICTURE)
                .primitive("tile", x -> x.tile(new long[] {1, 2, 3}), CUBE)
                .primitive("tile in new axes", x -> x.tile(new long[] {2, 1, 1, 3}), CUBE)
                .primitive("tile all", x -> x.tile(2), CUBE)
                .primitive(
                        "tile as often as a size",
                        x -> x.get(":, 0").expandDims(1).tile(new long[] {1, x.size(1), 1}),
                        CUBE)
                .primitive("repeat", x -> x.repeat(1, 3), CUBE)
                .primitive("repeat axes", x -> x.repeat(new long[] {1, 2, 3}), CUBE)
                .primitive("repeat all", x -> x.repeat(2), CUBE)
                .primitive("concat", x -> x.concat(x.neg(), 1), CUBE)
                .primitive("concat of several", x -> NDArrays.concat(new NDList(x, x.neg(), x.mul(2)), -1), CUBE)
                .primitive("stack", x -> NDArrays.stack(new NDList(x, x.neg()), 1), CUBE)
                .primitive("stack along the last axis", x -> x.stack(x.neg(), -1), CUBE)
                .lambda("split in equal parts", list -> list.head().split(3, 2), CUBE)
                .lambda("split at positions", list -> list.head().split(new long[] {1, 4}, 2), CUBE)
                .lambda("split of an open axis", list -> list.head().split(new long[] {2}, 1), CUBE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> selections() {
        ValueInfo positions = input("positions", dev.jzoo.onnx.DataType.INT64, 3);
        return new Cases(MANAGER)
                .primitive("get a position", x -> x.get(":, 2"), PICTURE)
                .primitive("get the last position", x -> x.get(":, -1"), CUBE)
                .primitive("get the last position by its number", x -> x.get(":, {}", x.size(1) - 1), CUBE)
                .primitive("get a range", x -> x.get(":, 1:3, :-2, 1:"), PICTURE)
                .primitive("get with a step", x -> x.get(":, :, 1:5:2, ::3"), PICTURE)
                .primitive("get all but the last of an open axis", x -> x.get(":, :{}", x.size(1) - 1), CUBE)
                .primitive(
                        "get half of an open axis",
                        x -> x.get(":, :{}", x.size(1) / 2).sum(),
                        floats("batch", "time", 6))
                .primitive("get with an ellipsis", x -> x.get("..., 1"), PICTURE)
                .primitive("get with an ellipsis between", x -> x.get("0, ..., 1:3"), PICTURE)
                .primitive("get with an ellipsis at the end", x -> x.get(":, 1, ..."), PICTURE)
                .primitive("get with a new axis", x -> x.get(":, null, 1"), PICTURE)
                .primitive("get of one number", x -> x.get(0), MATRIX)
                .lambda("get by a tensor", list -> new NDList(list.get(0).get(list.get(1))), floats(4, 5), positions)
                .lambda(
                        "get by a tensor in the middle",
                        list -> new NDList(list.get(0).get(":, {}, 1:", list.get(1))),
                        PICTURE,
                        positions)
                .lambda(
                        "get one of each row",
                        list -> new NDList(list.get(0)
                                .get(new NDIndex()
                                        .addAllDim()
                                        .addPickDim(list.get(0).argMax(1)))),
                        MATRIX)
                .primitive("gather", x -> x.gather(x.argSort(1, true), 1), CUBE)
                .primitive(
                        "gatherNd",
                        x -> x.gatherNd(x.getManager().create(new long[][] {{0, 0, 0}, {1, 3, 2}})),
                        floats("batch", 4, 6))
                .lambda("take", list -> new NDList(list.get(0).take(list.get(1))), CUBE, positions)
                .primitive("oneHot", x -> x.oneHot(5), IDS)
                .primitive("oneHot of integers", x -> x.oneHot(4, DataType.INT64), IDS)
                .tests();
    }

    @TestFactory
    List<DynamicTest> products() {
        ValueInfo other = input("y", dev.jzoo.onnx.DataType.FLOAT, "batch", 6, 4);
        return new Cases(MANAGER)
                .lambda("matMul", list -> new NDList(list.get(0).matMul(list.get(1))), CUBE, other)
                .lambda("batchMatMul", list -> new NDList(list.get(0).batchMatMul(list.get(1))), CUBE, other)
                .lambda(
                        "dot",
                        list -> new NDList(list.get(0).dot(list.get(1))),
                        floats(5),
                        input("y", dev.jzoo.onnx.DataType.FLOAT, 5))
                .primitive("with itself", x -> x.matMul(x.transpose(0, 2, 1)), CUBE)
                .tests();
    }

    @TestFactory
    List<DynamicTest> constantsThatDependOnSizes() {
        return new Cases(MANAGER)
                .primitive("zeros", x -> x.add(x.getManager().zeros(new Shape(x.size(0), 1, 6))), CUBE)
                .primitive("ones like", x -> x.add(x.onesLike()).sub(x.zerosLike()), CUBE)
                .primitive("full", x -> x.concat(x.getManager().full(new Shape(x.size(0), 2, 6), 0.5f), 1), CUBE)
                .primitive(
                        "arange",
                        x -> x.add(x.getManager().arange((int) x.size(1)).expandDims(1)),
                        CUBE)
                .primitive(
                        "arange with a step",
                        x -> x.add(x.getManager()
                                .arange(1f, 1f + 2 * x.size(1), 2f)
                                .expandDims(1)),
                        CUBE)
                .primitive("a causal mask", PrimitiveContractTest::causal, CUBE)
                .primitive(
                        "constants of fixed shape are folded",
                        x -> x.add(x.getManager().arange(6).square().flip(0).toType(DataType.FLOAT32, false)),
                        CUBE)
                .primitive(
                        "a constant table",
                        x -> x.matMul(x.getManager().create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(6, 1))),
                        CUBE)
                .tests();
    }

    private static NDArray causal(NDArray x) {
        NDArray positions = x.getManager().arange((int) x.size(1));
        NDArray seen = positions.expandDims(1).gte(positions.expandDims(0)).toType(DataType.FLOAT32, false);
        return seen.matMul(x);
    }
}
