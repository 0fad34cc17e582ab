package dev.jzoo.training.onnx.operators;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/** Cases of the operators that ONNX has had for long. */
final class GradientCases {

    private GradientCases() {}

    static GradientCase of(String opType) {
        return new GradientCase(opType);
    }

    private static GradientCase reduce(String opType) {
        return of("Reduce" + opType).between(0.2, 1, 2, 3, 4).integers(0, -1).integer("keepdims", 0);
    }

    private static GradientCase recurrent(String opType, int gates) {
        return of(opType)
                .integer("hidden_size", 3)
                .numbers(4, 2, 2)
                .numbers(1, 3 * gates, 2)
                .numbers(1, 3 * gates, 3)
                .numbers(1, 6 * gates)
                .leftOut()
                .numbers(1, 2, 3);
    }

    private static GradientCase bothWays(String opType, int gates) {
        return of(opType)
                .integer("hidden_size", 2)
                .text("direction", "bidirectional")
                .numbers(3, 2, 2)
                .numbers(2, 2 * gates, 2)
                .numbers(2, 2 * gates, 2)
                .outputs(2);
    }

    static TensorData truths(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return TensorData.of(DataType.BOOL, bytes.flip(), values.length);
    }

    static TensorData doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return TensorData.of(DataType.DOUBLE, bytes, values.length);
    }

    private static Stream<GradientCase> elementwise() {
        Stream<GradientCase> one = Stream.of(
                        "Abs",
                        "Cos",
                        "Elu",
                        "Erf",
                        "Exp",
                        "Gelu",
                        "HardSwish",
                        "Identity",
                        "LeakyRelu",
                        "Mish",
                        "Neg",
                        "Relu",
                        "Selu",
                        "Shrink",
                        "Sigmoid",
                        "Sin",
                        "Sinh",
                        "Cosh",
                        "Softplus",
                        "Softsign",
                        "Swish",
                        "Tan",
                        "Tanh",
                        "Atan",
                        "Asinh",
                        "Celu",
                        "ThresholdedRelu",
                        "HardSigmoid",
                        "Softmax",
                        "LogSoftmax")
                .map(opType -> of(opType).numbers(2, 3));
        Stream<GradientCase> positive = Stream.of("Log", "Sqrt", "Reciprocal", "Asin", "Acos", "Atanh")
                .map(opType -> of(opType).between(0.2, 0.9, 2, 3));
        Stream<GradientCase> two = Stream.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "PRelu")
                .map(opType -> of(opType).numbers(2, 3).numbers(3));
        return Stream.of(one, positive, two).flatMap(cases -> cases);
    }

    private static Stream<GradientCase> settled() {
        return Stream.of(
                of("Acosh").between(1.5, 3, 4),
                of("Pow").between(0.5, 2, 2, 3).between(1, 3, 3),
                of("Mod").between(2.1, 2.9, 4).constant(TensorData.scalar(2f)).integer("fmod", 1),
                of("Mod").between(2.1, 2.9, 4).constant(TensorData.scalar(2f)),
                of("Gelu").numbers(5).text("approximate", "tanh"),
                of("Clip").numbers(7).constant(TensorData.scalar(-0.5f)).constant(TensorData.scalar(0.6f)),
                of("Clip").numbers(7).numbers().leftOut(),
                of("Cast").numbers(3).integer("to", DataType.DOUBLE.code()),
                of("CastLike").numbers(3).constant(doubles(1)),
                of("Where").constant(truths(1, 0, 1)).numbers(2, 3).numbers(1),
                of("Dropout").numbers(4),
                of("Trilu").numbers(3, 4).constant(TensorData.scalar(1L)).integer("upper", 0));
    }

    private static Stream<GradientCase> layers() {
        return Stream.of(
                of("Conv")
                        .numbers(2, 4, 5, 4)
                        .numbers(6, 2, 3, 2)
                        .numbers(6)
                        .integer("group", 2)
                        .ints("strides", 2, 1),
                of("Conv")
                        .numbers(1, 2, 4, 5)
                        .numbers(3, 2, 2, 2)
                        .ints("pads", 0, 1, 1, 2)
                        .ints("dilations", 2, 1),
                of("Conv")
                        .numbers(2, 2, 6)
                        .numbers(3, 2, 3)
                        .text("auto_pad", "SAME_LOWER")
                        .ints("strides", 2),
                of("Conv").numbers(1, 1, 3, 4, 3).numbers(2, 1, 2, 2, 2).numbers(2),
                of("ConvTranspose")
                        .numbers(1, 4, 3, 2)
                        .numbers(4, 3, 3, 2)
                        .numbers(6)
                        .integer("group", 2)
                        .ints("strides", 2, 3)
                        .ints("pads", 1, 0, 0, 1)
                        .ints("output_padding", 1, 0),
                of("ConvTranspose").numbers(1, 2, 4).numbers(2, 3, 3).ints("dilations", 2),
                of("Gemm").numbers(2, 3).numbers(4, 3).numbers(4).integer("transB", 1),
                of("Gemm")
                        .numbers(3, 2)
                        .numbers(3, 4)
                        .numbers(1, 4)
                        .integer("transA", 1)
                        .with("alpha", new Attribute.Real(0.5f)),
                of("MatMul").numbers(2, 3, 4).numbers(4, 2),
                recurrent("LSTM", 4).numbers(1, 2, 3).outputs(3),
                recurrent("LSTM", 4).numbers(1, 2, 3).numbers(1, 9).outputs(3).text("direction", "reverse"),
                recurrent("GRU", 3).outputs(2).integer("linear_before_reset", 1),
                recurrent("GRU", 3).outputs(2),
                recurrent("RNN", 1).outputs(2),
                bothWays("LSTM", 4),
                bothWays("GRU", 3),
                bothWays("RNN", 1).with("activations", new Attribute.TextList(List.of("Softsign", "Affine"))));
    }

    private static Stream<GradientCase> pools() {
        return Stream.of(
                of("MaxPool")
                        .numbers(2, 2, 5, 4)
                        .ints("kernel_shape", 2, 3)
                        .ints("strides", 2, 1)
                        .ints("pads", 1, 1, 1, 1),
                of("MaxPool")
                        .numbers(1, 2, 6, 5)
                        .ints("kernel_shape", 2, 2)
                        .ints("dilations", 2, 1)
                        .integer("ceil_mode", 1),
                of("MaxPool").numbers(1, 2, 4, 4).ints("kernel_shape", 3, 3).ints("pads", 0, 0, 1, 2),
                of("AveragePool").numbers(2, 2, 5, 4).ints("kernel_shape", 2, 2).ints("strides", 2, 2),
                of("AveragePool").numbers(1, 2, 5, 4).ints("kernel_shape", 3, 2).ints("pads", 1, 1, 1, 0),
                of("AveragePool")
                        .numbers(1, 1, 5, 4)
                        .ints("kernel_shape", 3, 2)
                        .ints("pads", 1, 1, 1, 1)
                        .integer("count_include_pad", 1),
                of("LpPool").numbers(1, 2, 5, 4).ints("kernel_shape", 2, 2).integer("p", 3),
                of("GlobalAveragePool").numbers(2, 3, 4, 5),
                of("GlobalMaxPool").numbers(2, 3, 4),
                of("GlobalLpPool").numbers(2, 3, 4, 2).integer("p", 3));
    }

    private static Stream<GradientCase> normalizations() {
        return Stream.of(
                of("BatchNormalization")
                        .numbers(2, 3, 4)
                        .numbers(3)
                        .numbers(3)
                        .constant(doubles(0.1, -0.2, 0.3))
                        .constant(doubles(0.5, 0.8, 1.5)),
                of("BatchNormalization")
                        .numbers(2, 3, 4)
                        .numbers(3)
                        .numbers(3)
                        .numbers(3)
                        .between(0.5, 1, 3)
                        .integer("training_mode", 1)
                        .outputs(3),
                of("LayerNormalization").numbers(2, 3, 4).numbers(4).numbers(4),
                of("LayerNormalization")
                        .numbers(2, 3, 4)
                        .numbers(3, 4)
                        .integer("axis", 1)
                        .outputs(3),
                of("RMSNormalization").numbers(2, 3, 4).numbers(4),
                of("InstanceNormalization").numbers(2, 3, 4, 2).numbers(3).numbers(3),
                of("GroupNormalization").numbers(2, 4, 3).numbers(4).numbers(4).integer("num_groups", 2),
                of("LRN").numbers(1, 5, 2, 3).integer("size", 3).with("alpha", new Attribute.Real(0.5f)),
                of("LpNormalization").numbers(2, 3),
                of("MeanVarianceNormalization").numbers(2, 3, 2, 2));
    }

    private static Stream<GradientCase> reductions() {
        return Stream.of(
                reduce("Sum"),
                reduce("Mean"),
                reduce("Max"),
                reduce("Min"),
                reduce("Prod"),
                reduce("L1"),
                reduce("L2"),
                reduce("LogSum"),
                reduce("LogSumExp"),
                reduce("SumSquare"),
                of("ReduceMean").numbers(2, 3),
                of("TopK").numbers(2, 5).integers(3).outputs(2),
                of("CumSum")
                        .numbers(3, 4)
                        .constant(TensorData.scalar(1L))
                        .integer("exclusive", 1)
                        .integer("reverse", 1));
    }

    private static Stream<GradientCase> shapes() {
        return Stream.of(
                of("Reshape").numbers(2, 3, 4).integers(0, -1),
                of("Flatten").numbers(2, 3, 4).integer("axis", 2),
                of("Squeeze").numbers(2, 1, 3).integers(1),
                of("Unsqueeze").numbers(2, 3).integers(0, -1),
                of("Transpose").numbers(2, 3, 4).ints("perm", 2, 0, 1),
                of("Concat").numbers(2, 3).numbers(2, 1).integer("axis", 1),
                of("Split").numbers(5, 2).integers(3, 2).outputs(2),
                of("Expand").numbers(3, 1).integers(2, 1, 4),
                of("Tile").numbers(2, 3).integers(2, 1),
                of("Col2Im").numbers(2, 6, 4).integers(5).integers(2),
                of("Col2Im")
                        .numbers(1, 12, 16)
                        .integers(5, 4)
                        .integers(2, 3)
                        .ints("strides", 2, 1)
                        .ints("dilations", 1, 2)
                        .ints("pads", 2, 1, 1, 3),
                of("Col2Im")
                        .numbers(1, 4, 4)
                        .integers(3, 4, 3)
                        .integers(1, 2, 2)
                        .ints("strides", 2, 2, 2),
                of("DepthToSpace").numbers(1, 8, 2, 3).integer("blocksize", 2),
                of("SpaceToDepth").numbers(1, 2, 4, 6).integer("blocksize", 2),
                of("Pad").numbers(2, 3).integers(1, 0, 2, 1),
                of("Pad").numbers(2, 4).integers(0, 2, 1, 1).text("mode", "reflect"),
                of("Pad").numbers(2, 4).integers(0, 2, 1, 1).text("mode", "edge"),
                of("Slice")
                        .numbers(4, 5)
                        .integers(3, 0)
                        .integers(0, 5)
                        .integers(0, 1)
                        .integers(-1, 2),
                of("Gather").numbers(3, 4).integers(2, 0, -1, 2).integer("axis", 1),
                of("GatherElements").numbers(3, 2).constant(TensorData.of(new long[] {0, 2, -1, 1}, 2, 2)),
                of("GatherND").numbers(2, 3, 2).constant(TensorData.of(new long[] {1, 2, 0, -1}, 2, 2)),
                of("ScatterElements")
                        .numbers(3, 2)
                        .constant(TensorData.of(new long[] {0, 2, 1, 1}, 2, 2))
                        .numbers(2, 2),
                of("ScatterND")
                        .numbers(3, 2)
                        .constant(TensorData.of(new long[] {2, 0}, 2, 1))
                        .numbers(2, 2),
                of("Resize")
                        .numbers(1, 2, 3, 2)
                        .leftOut()
                        .constant(TensorData.of(new float[] {1, 1, 2, 2.5f}, 4))
                        .text("mode", "linear"),
                of("Resize")
                        .numbers(1, 1, 4, 3)
                        .leftOut()
                        .leftOut()
                        .integers(1, 1, 2, 5)
                        .text("mode", "cubic")
                        .integer("antialias", 1),
                of("Resize").numbers(1, 1, 2, 3).leftOut().constant(TensorData.of(new float[] {1, 1, 2, 2}, 4)));
    }

    static Stream<GradientCase> all() {
        return Stream.of(elementwise(), settled(), layers(), pools(), normalizations(), reductions(), shapes())
                .flatMap(cases -> cases);
    }
}
