package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.input;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.transformer.IdEmbedding;
import dev.jzoo.export.OnnxExporter;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Exports current language models, written as DJL blocks from their papers, for any batch and any length. */
class LanguageModelsTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo TOKENS = input("tokens", dev.jzoo.onnx.DataType.INT64, "batch", "time");
    private static final int VOCABULARY = 11;
    private static final int WIDTH = 8;
    private static final int HEADS = 4;
    private static final int HEAD = WIDTH / HEADS;

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    /** Converts [batch, time, heads * size] to [batch, heads, time, size]. */
    private static NDArray apart(NDArray x, long heads) {
        return x.reshape(x.size(0), x.size(1), heads, -1).transpose(0, 2, 1, 3);
    }

    /** Converts [batch, heads, time, size] to [batch, time, heads * size]. */
    private static NDArray together(NDArray x) {
        return x.transpose(0, 2, 1, 3).reshape(x.size(0), x.size(2), x.size(1) * x.size(3));
    }

    /** Computes softmax(q k' / sqrt(size) + mask) v. */
    private static NDArray attend(NDArray query, NDArray key, NDArray value, NDArray mask) {
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).div(Math.sqrt(query.size(3)));
        return scores.add(mask).softmax(-1).matMul(value);
    }

    /** Returns a mask, filled in Java: 0 for visible steps, minus infinity above the diagonal. */
    private static NDArray filledMask(NDManager manager, int length) {
        float[] mask = new float[length * length];
        for (int row = 0; row < length; row++) {
            for (int column = row + 1; column < length; column++) {
                mask[row * length + column] = Float.NEGATIVE_INFINITY;
            }
        }
        return manager.create(mask, new Shape(1, 1, length, length));
    }

    /** Returns the same mask from a comparison of positions, with a large negative number. */
    private static NDArray comparedMask(NDManager manager, long length) {
        NDArray positions = manager.arange((int) length);
        NDArray later = positions.expandDims(0).gt(positions.expandDims(1));
        return later.toType(DataType.FLOAT32, false).mul(-1e9f);
    }

    /** GPT-2 (Radford et al., 2019): learned positions, norm before each part, logits from the table of tokens. */
    private static final class Gpt extends OwnBlock {

        private record Layer(LayerNorm first, Linear mix, Linear out, LayerNorm second, Linear up, Linear down) {}

        private final Parameter tokens = parameter("tokens", VOCABULARY, WIDTH);
        private final Parameter positions = parameter("positions", 60, WIDTH);
        private final LayerNorm last = norm("last", WIDTH);
        private final List<Layer> layers = List.of(layer(0), layer(1));

        private Layer layer(int i) {
            return new Layer(
                    norm("first" + i, WIDTH),
                    linear("mix" + i, WIDTH, 3L * WIDTH),
                    linear("out" + i, WIDTH, WIDTH),
                    norm("second" + i, WIDTH),
                    linear("up" + i, WIDTH, 2L * WIDTH),
                    linear("down" + i, 2L * WIDTH, WIDTH));
        }

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray ids = inputs.head();
            NDArray table = pass.value(tokens, ids);
            long time = ids.size(1);
            NDArray x = table.get(ids).add(pass.value(positions, ids).get("0:{}", time));
            NDArray mask = comparedMask(ids.getManager(), time);
            for (Layer layer : layers) {
                NDList parts = pass.of(layer.mix(), pass.of(layer.first(), x)).split(3, 2);
                NDArray seen = attend(
                        apart(parts.get(0), HEADS), apart(parts.get(1), HEADS), apart(parts.get(2), HEADS), mask);
                x = x.add(pass.of(layer.out(), together(seen)));
                x = x.add(pass.of(layer.down(), gelu(pass.of(layer.up(), pass.of(layer.second(), x)))));
            }
            return new NDList(pass.of(last, x).matMul(table.transpose()));
        }

        /** Approximates GELU by tanh. */
        private static NDArray gelu(NDArray x) {
            NDArray inner = x.add(x.pow(3).mul(0.044715f)).mul((float) Math.sqrt(2 / Math.PI));
            return x.mul(0.5f).mul(inner.tanh().add(1));
        }
    }

    /**
     * Llama (Touvron et al., 2023): root mean square norm, rotary positions, keys shared by groups of heads, SwiGLU.
     * With a cache it takes and returns the keys and values of earlier steps.
     */
    private static final class Llama extends OwnBlock {

        private static final int GROUPS = 2;

        private final boolean cached;
        private final IdEmbedding tokens = table("tokens", VOCABULARY, WIDTH);
        private final Parameter before = parameter("before", WIDTH);
        private final Parameter between = parameter("between", WIDTH);
        private final Parameter last = parameter("last", WIDTH);
        private final Linear query = plain("query", WIDTH, WIDTH);
        private final Linear key = plain("key", WIDTH, GROUPS * HEAD);
        private final Linear value = plain("value", WIDTH, GROUPS * HEAD);
        private final Linear out = plain("out", WIDTH, WIDTH);
        private final Linear gate = plain("gate", WIDTH, 12);
        private final Linear up = plain("up", WIDTH, 12);
        private final Linear down = plain("down", 12, WIDTH);
        private final Linear head = plain("head", WIDTH, VOCABULARY);

        Llama(boolean cached) {
            this.cached = cached;
        }

        private static NDArray norm(NDArray x, NDArray scale) {
            return x.div(x.square().mean(new int[] {-1}, true).add(1e-5f).sqrt())
                    .mul(scale);
        }

        /** Rotates pairs of a head's first and second half by an angle that grows with the position. */
        private static NDArray rotated(NDArray x, NDArray angles) {
            NDArray first = x.get("..., :{}", HEAD / 2);
            NDArray second = x.get("..., {}:", HEAD / 2);
            NDArray turned = NDArrays.concat(new NDList(second.neg(), first), -1);
            return x.mul(angles.cos()).add(turned.mul(angles.sin()));
        }

        private static NDArray angles(NDManager manager, long from, long to) {
            NDArray frequencies = manager.create(10000f)
                    .pow(manager.arange(0f, HEAD, 2f).div(HEAD).neg());
            NDArray half = manager.arange(from, to)
                    .toType(DataType.FLOAT32, false)
                    .expandDims(1)
                    .mul(frequencies);
            return half.concat(half, 1);
        }

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray ids = inputs.head();
            NDManager manager = ids.getManager();
            long past = cached ? inputs.get("past_keys").size(2) : 0;
            NDArray x = pass.of(tokens, ids);
            NDArray normed = norm(x, pass.value(before, x));
            NDArray angles = angles(manager, past, past + ids.size(1));
            NDArray queries = rotated(apart(pass.of(query, normed), HEADS), angles);
            NDArray keys = rotated(apart(pass.of(key, normed), GROUPS), angles);
            NDArray values = apart(pass.of(value, normed), GROUPS);
            if (cached) {
                keys = inputs.get("past_keys").concat(keys, 2);
                values = inputs.get("past_values").concat(values, 2);
            }
            NDArray mask = cached
                    ? manager.zeros(new Shape(ids.size(1), past + ids.size(1)))
                    : filledMask(manager, (int) ids.size(1));
            NDArray seen = attend(queries, keys.repeat(1, HEADS / GROUPS), values.repeat(1, HEADS / GROUPS), mask);
            x = x.add(pass.of(out, together(seen)));
            normed = norm(x, pass.value(between, x));
            NDArray swish = Activation.swish(pass.of(gate, normed), 1);
            x = x.add(pass.of(down, swish.mul(pass.of(up, normed))));
            NDArray logits = pass.of(head, norm(x, pass.value(last, x)));
            if (!cached) {
                return new NDList(logits);
            }
            logits.setName("logits");
            keys.setName("keys");
            values.setName("values");
            return new NDList(logits, keys, values);
        }
    }

    /**
     * ALiBi (Press et al., 2022): no positions, but a penalty that grows with the distance, and a window of limited
     * length.
     */
    private static final class Windowed extends OwnBlock {

        private final IdEmbedding tokens = table("tokens", VOCABULARY, WIDTH);
        private final Linear mix = linear("mix", WIDTH, 3L * WIDTH);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDManager manager = inputs.getManager();
            NDArray positions = manager.arange((int) inputs.head().size(1));
            NDArray distance = positions.expandDims(1).sub(positions.expandDims(0));
            NDArray slopes = manager.create(new float[] {0.5f, 0.25f, 0.125f, 0.0625f}, new Shape(HEADS, 1, 1));
            NDArray seen = distance.gte(0).logicalAnd(distance.lt(5));
            NDArray bias = NDArrays.where(
                    seen.expandDims(0).broadcast(HEADS, distance.size(0), distance.size(0)),
                    slopes.mul(distance).neg(),
                    manager.create(-1e9f).broadcast(HEADS, distance.size(0), distance.size(0)));
            NDList parts = pass.of(mix, pass.of(tokens, inputs.head())).split(3, 2);
            return new NDList(together(
                    attend(apart(parts.get(0), HEADS), apart(parts.get(1), HEADS), apart(parts.get(2), HEADS), bias)));
        }
    }

    /** Rotary positions with neighbouring pairs, as in GPT-J and RoFormer, with tables in fields. */
    private static final class Neighbours extends OwnBlock {

        private final NDArray cosines;
        private final NDArray sines;
        private final Linear query = plain("query", WIDTH, WIDTH);

        Neighbours() {
            NDArray angles =
                    MANAGER.arange(60f).expandDims(1).mul(MANAGER.create(new float[] {1, 0.1f, 0.01f, 0.001f}));
            cosines = angles.cos();
            sines = angles.sin();
        }

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = pass.of(query, inputs.head());
            NDArray pairs = x.reshape(x.size(0), x.size(1), -1, 2);
            NDArray even = pairs.get("..., 0");
            NDArray odd = pairs.get("..., 1");
            NDArray cos = cosines.get(":{}", x.size(1));
            NDArray sin = sines.get(":{}", x.size(1));
            NDList turned =
                    new NDList(cos.mul(even).sub(sin.mul(odd)), sin.mul(even).add(cos.mul(odd)));
            return new NDList(NDArrays.stack(turned, -1).reshape(x.getShape()));
        }
    }

    @TestFactory
    List<DynamicTest> languageModels() {
        return new Cases(MANAGER)
                .network("GPT", Gpt::new, TOKENS)
                .network("Llama", () -> new Llama(false), TOKENS)
                .network("Llama with a cache", () -> new Llama(true), TOKENS, past("past_keys"), past("past_values"))
                .network("ALiBi in a window", Windowed::new, TOKENS)
                .network("rotary positions of neighbours", Neighbours::new, Cases.floats("batch", "time", WIDTH))
                .tests();
    }

    private static ValueInfo past(String name) {
        return input(name, dev.jzoo.onnx.DataType.FLOAT, "batch", Llama.GROUPS, "past", HEAD);
    }

    @Test
    void resultsKeepTheNamesThatTheForwardPassGivesThem() throws Exception {
        ValueInfo[] inputs = {TOKENS, past("past_keys"), past("past_values")};
        Block block = Cases.initialised(MANAGER, new Llama(true), 0, inputs);
        OnnxExporter.Exported exported = Cases.export(block, inputs);
        assertEquals(
                List.of("logits", "keys", "values"),
                exported.file().graph().outputs().stream().map(ValueInfo::name).toList());
    }
}
