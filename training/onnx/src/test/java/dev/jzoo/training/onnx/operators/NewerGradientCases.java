package dev.jzoo.training.onnx.operators;

import dev.jzoo.onnx.Attribute;
import dev.jzoo.onnx.DataType;
import dev.jzoo.onnx.TensorData;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** Cases of attention, sampling, selection, and of operators that ONNX Runtime contributes. */
final class NewerGradientCases {

    private NewerGradientCases() {}

    private static GradientCase of(String opType) {
        return GradientCases.of(opType);
    }

    private static GradientCase contributed(String opType) {
        return of("com.microsoft." + opType);
    }

    private static Attribute real(double value) {
        return new Attribute.Real((float) value);
    }

    private static GradientCase einsum(String equation) {
        return of("Einsum").text("equation", equation);
    }

    private static Stream<GradientCase> products() {
        return Stream.of(
                einsum("bqhd,bkhd->bhqk").numbers(2, 3, 2, 4).numbers(2, 2, 2, 4),
                einsum("ij,jk").numbers(2, 3).numbers(3, 2),
                einsum("...ij,...jk->...ik").numbers(2, 1, 2, 3).numbers(3, 3, 2),
                einsum("ii->i").numbers(3, 3),
                einsum("iij->j").numbers(2, 2, 3),
                einsum("ij->").numbers(2, 3),
                einsum("a,b,ab->ba").numbers(2).numbers(3).numbers(2, 3),
                einsum("i,i").numbers(4).numbers(4),
                contributed("FusedMatMul")
                        .numbers(3, 2)
                        .numbers(4, 3)
                        .integer("transA", 1)
                        .integer("transB", 1)
                        .with("alpha", real(0.5)));
    }

    private static Stream<GradientCase> attention() {
        TensorData mask = GradientCases.truths(1, 0, 1, 0, 0, 0, 1, 1, 0).reshaped(3, 3);
        return Stream.of(
                of("Attention").numbers(1, 2, 3, 4).numbers(1, 2, 2, 4).numbers(1, 2, 2, 3),
                of("Attention")
                        .numbers(2, 3, 8)
                        .numbers(2, 3, 4)
                        .numbers(2, 3, 4)
                        .integer("q_num_heads", 4)
                        .integer("kv_num_heads", 2)
                        .integer("is_causal", 1)
                        .with("softcap", real(2))
                        .with("scale", real(0.7)),
                of("Attention")
                        .numbers(1, 1, 3, 2)
                        .numbers(1, 1, 3, 2)
                        .numbers(1, 1, 3, 2)
                        .constant(mask),
                of("Attention")
                        .numbers(1, 1, 2, 2)
                        .numbers(1, 1, 2, 2)
                        .numbers(1, 1, 2, 2)
                        .numbers(2, 4)
                        .numbers(1, 1, 2, 2)
                        .numbers(1, 1, 2, 2)
                        .integer("is_causal", 1)
                        .outputs(3),
                of("Attention")
                        .numbers(2, 1, 2, 2)
                        .numbers(2, 1, 3, 2)
                        .numbers(2, 1, 3, 2)
                        .leftOut()
                        .leftOut()
                        .leftOut()
                        .integers(3, 2)
                        .integer("left_window_size", 1)
                        .integer("softmax_precision", 11)
                        .integer("qk_matmul_output_mode", 3)
                        .outputs(4),
                of("RotaryEmbedding").numbers(1, 2, 3, 4).numbers(1, 3, 2).numbers(1, 3, 2),
                of("RotaryEmbedding")
                        .numbers(1, 3, 12)
                        .numbers(5, 2)
                        .numbers(5, 2)
                        .constant(TensorData.of(new long[] {4, 0, 2}, 1, 3))
                        .integer("num_heads", 2)
                        .integer("rotary_embedding_dim", 4)
                        .integer("interleaved", 1));
    }

    private static Stream<GradientCase> sampling() {
        Stream<GradientCase> grids = Stream.of("zeros", "border", "reflection")
                .flatMap(padding -> Stream.of("linear", "cubic", "nearest").map(mode -> of("GridSample")
                        .numbers(1, 2, 3, 4)
                        .between(-0.95, 1.2, 1, 2, 2, 2)
                        .text("mode", mode)
                        .text("padding_mode", padding)
                        .integer("align_corners", mode.equals("cubic") ? 1 : 0)));
        return Stream.concat(
                grids,
                Stream.of(
                        of("GridSample").numbers(1, 1, 2, 3, 2).between(-0.9, 0.8, 1, 2, 1, 2, 3),
                        of("AffineGrid").numbers(2, 2, 3).integers(2, 1, 3, 2),
                        of("AffineGrid")
                                .numbers(1, 3, 4)
                                .integers(1, 1, 2, 3, 2)
                                .integer("align_corners", 1),
                        regions("avg"),
                        regions("max").integer("sampling_ratio", 2)));
    }

    private static GradientCase regions(String mode) {
        return of("RoiAlign")
                .numbers(2, 2, 5, 6)
                .constant(TensorData.of(new float[] {0.3f, 0.4f, 4.1f, 3.9f, 1.2f, -0.5f, 5.3f, 4.4f}, 2, 4))
                .integers(1, 0)
                .text("mode", mode)
                .integer("output_height", 2)
                .integer("output_width", 3);
    }

    private static Stream<GradientCase> selection() {
        return Stream.of(
                of("Compress")
                        .numbers(3, 2)
                        .constant(GradientCases.truths(1, 0, 1))
                        .integer("axis", 0),
                of("Compress").numbers(3, 2).constant(GradientCases.truths(1, 0, 1, 1)),
                of("CenterCropPad").numbers(5, 3).integers(2, 6),
                of("ReverseSequence").numbers(4, 3).integers(2, 4, 1),
                of("TensorScatter")
                        .numbers(2, 4, 2)
                        .numbers(2, 2, 2)
                        .integers(1, 3)
                        .text("mode", "circular"),
                scatter("add"),
                scatter("mul"),
                scatter("max"),
                scatter("min"),
                of("ScatterND")
                        .numbers(3, 2)
                        .constant(TensorData.of(new long[] {2, 0, 2}, 3, 1))
                        .numbers(3, 2)
                        .text("reduction", "mul"));
    }

    private static GradientCase scatter(String reduction) {
        return of("ScatterElements")
                .numbers(3, 2)
                .constant(TensorData.of(new long[] {1, 1, -2, 2}, 2, 2))
                .numbers(2, 2)
                .text("reduction", reduction);
    }

    private static Stream<GradientCase> fused() {
        return Stream.of(
                contributed("Gelu").numbers(2, 3),
                contributed("BiasGelu").numbers(2, 3).numbers(3),
                contributed("FastGelu").numbers(2, 3).numbers(3),
                contributed("FastGelu").numbers(4),
                contributed("QuickGelu").numbers(2, 3),
                contributed("SkipLayerNormalization")
                        .numbers(2, 4)
                        .numbers(2, 4)
                        .numbers(4)
                        .numbers(4)
                        .numbers(4)
                        .outputs(4),
                contributed("SkipLayerNormalization")
                        .numbers(1, 2, 4)
                        .numbers(1, 2, 4)
                        .numbers(4),
                contributed("SkipSimplifiedLayerNormalization")
                        .numbers(2, 4)
                        .numbers(2, 4)
                        .numbers(4)
                        .numbers(4)
                        .outputs(4),
                of("Dropout").numbers(4).outputs(2),
                of("Trilu").numbers(3, 3).integer("upper", 1),
                bytes("DequantizeLinear"),
                bytes("com.microsoft.DequantizeLinear"));
    }

    private static GradientCase bytes(String opType) {
        ByteBuffer values = ByteBuffer.wrap(new byte[] {1, 2, (byte) 200, 4, 5, 6});
        ByteBuffer zeros = ByteBuffer.wrap(new byte[] {3, 4, 5});
        return of(opType)
                .constant(TensorData.of(DataType.UINT8, values, 2, 3))
                .between(0.01, 0.03, 3)
                .constant(TensorData.of(DataType.UINT8, zeros, 3));
    }

    static Stream<GradientCase> all() {
        return Stream.of(products(), attention(), sampling(), selection(), fused())
                .flatMap(cases -> cases);
    }
}
