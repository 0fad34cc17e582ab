package dev.jzoo.export.djl;

import static dev.jzoo.export.djl.Cases.floats;
import static dev.jzoo.export.djl.Cases.input;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RNN;
import ai.djl.nn.transformer.IdEmbedding;
import dev.jzoo.onnx.ValueInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Exports the networks for text and series of the book "Dive into Deep Learning" and of DJL's examples, in a small
 * form.
 */
class TextbookSequencesTest {

    private static final NDManager MANAGER = NDManager.newBaseManager();
    private static final ValueInfo TOKENS = input("tokens", dev.jzoo.onnx.DataType.INT64, "batch", "time");
    private static final ValueInfo SERIES = floats("batch", "time", 4);
    private static final int WIDTH = 8;

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    private static Block afterEmbedding(Block recurrent) {
        return new SequentialBlock()
                .add(new IdEmbedding.Builder()
                        .setDictionarySize(9)
                        .setEmbeddingSize(4)
                        .build())
                .add(recurrent)
                .add(list -> new NDList(list.head()))
                .add(Linear.builder().setUnits(9).build());
    }

    /** Recurrent networks "from scratch": a loop in Java over a fixed number of steps. */
    private static final class RecurrentFromScratch extends OwnBlock {
        private final Parameter input = parameter("input", 9, WIDTH);
        private final Parameter hidden = parameter("hidden", WIDTH, WIDTH);
        private final Parameter bias = parameter("bias", WIDTH);
        private final Parameter output = parameter("output", WIDTH, 9);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray steps = inputs.head().transpose().oneHot(9);
            NDArray state = steps.getManager().zeros(new Shape(steps.size(1), WIDTH));
            NDList outputs = new NDList();
            for (int t = 0; t < steps.size(0); t++) {
                NDArray x = steps.get(t);
                state = x.dot(pass.value(input, x))
                        .add(state.dot(pass.value(hidden, x)))
                        .add(pass.value(bias, x))
                        .tanh();
                outputs.add(state.dot(pass.value(output, x)));
            }
            return new NDList(NDArrays.concat(outputs), state);
        }
    }

    /** GRU "from scratch": gates by their formulas. */
    private static final class GatesFromScratch extends OwnBlock {
        private final List<Linear> fromInput =
                IntStream.range(0, 3).mapToObj(i -> linear("x" + i, 4, WIDTH)).toList();
        private final List<Linear> fromState = IntStream.range(0, 3)
                .mapToObj(i -> plain("h" + i, WIDTH, WIDTH))
                .toList();

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray h = inputs.get("state");
            NDArray x = inputs.get("x");
            NDArray update = Activation.sigmoid(both(pass, 0, x, h));
            NDArray reset = Activation.sigmoid(both(pass, 1, x, h));
            NDArray candidate = both(pass, 2, x, reset.mul(h)).tanh();
            return new NDList(update.mul(h).add(NDArrays.sub(1, update).mul(candidate)));
        }

        private NDArray both(Pass pass, int gate, NDArray x, NDArray h) {
            return pass.of(fromInput.get(gate), x).add(pass.of(fromState.get(gate), h));
        }
    }

    /** Sequence to sequence: each step of the decoder reads the encoder's last state. */
    private static final class SequenceToSequence extends OwnBlock {
        private final IdEmbedding source = table("source", 9, 4);
        private final IdEmbedding target = table("target", 7, 4);
        private final GRU encoder = layer(
                "encoder",
                GRU.builder()
                        .setStateSize(WIDTH)
                        .setNumLayers(2)
                        .optReturnState(true)
                        .build(),
                new Shape(1, 1, 4));
        private final GRU decoder = layer(
                "decoder", GRU.builder().setStateSize(WIDTH).setNumLayers(2).build(), new Shape(1, 1, 4 + WIDTH));
        private final Linear out = linear("out", WIDTH, 7);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDList encoded = encoder.forward(pass.store(), new NDList(pass.of(source, inputs.get("source"))), false);
            NDArray state = encoded.get(1);
            NDArray x = pass.of(target, inputs.get("target"));
            NDArray context = state.get(-1).expandDims(1).repeat(1, x.size(1));
            NDArray decoded = pass.of(decoder, NDArrays.concat(new NDList(x, context), 2), state);
            return new NDList(pass.of(out, decoded));
        }
    }

    /** Bahdanau's additive attention, with valid lengths. */
    private static final class AdditiveAttention extends OwnBlock {
        private final Linear queries = plain("queries", 4, WIDTH);
        private final Linear keys = plain("keys", 4, WIDTH);
        private final Linear score = plain("score", WIDTH, 1);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray query = pass.of(queries, inputs.get("query")).expandDims(2);
            NDArray key = pass.of(keys, inputs.get("x")).expandDims(1);
            NDArray scores = pass.of(score, query.add(key).tanh()).squeeze(-1);
            NDArray weights = masked(scores, inputs.get("lengths")).softmax(-1);
            return new NDList(weights.batchMatMul(inputs.get("x")), weights);
        }
    }

    /** Returns the scores where a position is below the length, and a large negative number elsewhere. */
    private static NDArray masked(NDArray scores, NDArray lengths) {
        NDArray positions = scores.getManager().arange((int) scores.getShape().getLastDimension());
        NDArray valid = positions.expandDims(0).lt(lengths.expandDims(1)).expandDims(1);
        return NDArrays.where(
                valid.broadcast(scores.getShape()),
                scores,
                scores.getManager().create(-1e6f).broadcast(scores.getShape()));
    }

    /** Multi-head attention: heads are moved into the batch. */
    private static final class MultiHead extends OwnBlock {
        private final List<Linear> projections = IntStream.range(0, 4)
                .mapToObj(i -> plain("w" + i, i < 3 ? 4 : WIDTH, WIDTH))
                .toList();

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = inputs.get("x");
            NDArray query = intoBatch(pass.of(projections.get(0), x));
            NDArray key = intoBatch(pass.of(projections.get(1), x));
            NDArray value = intoBatch(pass.of(projections.get(2), x));
            NDArray lengths = inputs.get("lengths").repeat(0, 2);
            NDArray scores = query.batchMatMul(key.swapAxes(1, 2)).div(Math.sqrt(WIDTH / 2.0));
            NDArray seen = masked(scores, lengths).softmax(-1).batchMatMul(value);
            NDArray back = seen.reshape(-1, 2, seen.size(1), seen.size(2)).transpose(0, 2, 1, 3);
            return new NDList(pass.of(projections.get(3), back.reshape(back.size(0), back.size(1), -1)));
        }

        private static NDArray intoBatch(NDArray x) {
            NDArray apart = x.reshape(x.size(0), x.size(1), 2, -1).transpose(0, 2, 1, 3);
            return apart.reshape(-1, apart.size(2), apart.size(3));
        }
    }

    /**
     * A transformer with an encoder and a decoder, which creates sines and cosines of positions in the forward pass.
     */
    private static final class Transformer extends OwnBlock {
        private final IdEmbedding source = table("source", 9, WIDTH);
        private final IdEmbedding target = table("target", 7, WIDTH);
        private final List<Linear> own = IntStream.range(0, 6)
                .mapToObj(i -> plain("own" + i, WIDTH, WIDTH))
                .toList();
        private final List<Linear> cross = IntStream.range(0, 3)
                .mapToObj(i -> plain("cross" + i, WIDTH, WIDTH))
                .toList();
        private final LayerNorm first = norm("first", WIDTH);
        private final LayerNorm second = norm("second", WIDTH);
        private final Linear out = linear("out", WIDTH, 7);

        private static NDArray positions(NDManager manager, long length) {
            NDArray angles = manager.arange(0f, length)
                    .reshape(-1, 1)
                    .div(manager.create(10000f).pow(manager.arange(0f, WIDTH, 2).div(WIDTH)));
            return NDArrays.stack(new NDList(angles.sin(), angles.cos()), 2).reshape(1, length, WIDTH);
        }

        private static NDArray attend(NDArray q, NDArray k, NDArray v, NDArray mask) {
            NDArray scores = q.batchMatMul(k.transpose(0, 2, 1)).div((float) Math.sqrt(WIDTH));
            return (mask == null ? scores : scores.add(mask)).softmax(2).batchMatMul(v);
        }

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDManager manager = inputs.getManager();
            NDArray x = pass.of(source, inputs.get("source")).mul(Math.sqrt(WIDTH));
            x = x.add(positions(manager, x.size(1)));
            x = pass.of(
                    first, x.add(attend(pass.of(own.get(0), x), pass.of(own.get(1), x), pass.of(own.get(2), x), null)));
            NDArray y = pass.of(target, inputs.get("target")).mul(Math.sqrt(WIDTH));
            y = y.add(positions(manager, y.size(1)));
            NDArray steps = manager.arange((int) y.size(1));
            NDArray mask = steps.expandDims(0)
                    .gt(steps.expandDims(1))
                    .toType(DataType.FLOAT32, false)
                    .mul(-1e6);
            y = y.add(attend(pass.of(own.get(3), y), pass.of(own.get(4), y), pass.of(own.get(5), y), mask));
            y = y.add(attend(pass.of(cross.get(0), y), pass.of(cross.get(1), x), pass.of(cross.get(2), x), null));
            return new NDList(pass.of(out, pass.of(second, y)));
        }
    }

    /** TextCNN: windows of several widths over words, with the maximum of each. */
    private static final class TextConvolution extends OwnBlock {
        private final IdEmbedding words = table("words", 9, 4);
        private final IdEmbedding fixed = table("fixed", 9, 4);
        private final List<Conv1d> windows = IntStream.of(3, 4, 5)
                .mapToObj(width -> layer(
                        "window" + width,
                        Conv1d.builder()
                                .setKernelShape(new Shape(width))
                                .setFilters(3)
                                .build(),
                        new Shape(1, 8, 20)))
                .toList();
        private final Linear out = linear("out", 9, 2);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray ids = inputs.head();
            NDArray x = NDArrays.concat(new NDList(pass.of(words, ids), pass.of(fixed, ids)), 2)
                    .transpose(0, 2, 1);
            NDList largest = new NDList();
            for (Conv1d window : windows) {
                largest.add(Activation.relu(pass.of(window, x)).max(new int[] {-1}));
            }
            return new NDList(pass.of(out, NDArrays.concat(largest, 1)));
        }
    }

    /** Natural language inference: words of one sentence attend to those of the other (Parikh et al., 2016). */
    private static final class DecomposableAttention extends OwnBlock {
        private final IdEmbedding words = table("words", 9, 4);
        private final Linear attend = linear("attend", 4, WIDTH);
        private final Linear compare = linear("compare", 8, WIDTH);
        private final Linear out = linear("out", 2L * WIDTH, 3);

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray a = pass.of(words, inputs.get("premise"));
            NDArray b = pass.of(words, inputs.get("hypothesis"));
            NDArray scores = Activation.relu(pass.of(attend, a))
                    .batchMatMul(Activation.relu(pass.of(attend, b)).transpose(0, 2, 1));
            NDArray beta = scores.softmax(-1).batchMatMul(b);
            NDArray alpha = scores.transpose(0, 2, 1).softmax(-1).batchMatMul(a);
            NDArray va = Activation.relu(pass.of(compare, a.concat(beta, 2))).sum(new int[] {1});
            NDArray vb = Activation.relu(pass.of(compare, b.concat(alpha, 2))).sum(new int[] {1});
            return new NDList(pass.of(out, va.concat(vb, 1)));
        }
    }

    /** A temporal convolutional network, padded on the left so that no step sees the future. */
    private static final class TemporalConvolution extends OwnBlock {
        private final Conv1d filter = layer(
                "filter",
                Conv1d.builder()
                        .setKernelShape(new Shape(3))
                        .setFilters(4)
                        .optDilation(new Shape(2))
                        .build(),
                new Shape(1, 4, 20));

        @Override
        NDList compute(Pass pass, NDList inputs) {
            NDArray x = inputs.head().transpose(0, 2, 1);
            NDArray seen = pass.of(filter, x.pad(new Shape(4, 0), 0));
            return new NDList(Activation.relu(seen.add(x)).transpose(0, 2, 1));
        }
    }

    private static Block bidirectionalClassifier() {
        return new SequentialBlock()
                .add(new IdEmbedding.Builder()
                        .setDictionarySize(9)
                        .setEmbeddingSize(4)
                        .build())
                .add(LSTM.builder()
                        .setNumLayers(2)
                        .setStateSize(5)
                        .optBidirectional(true)
                        .optHasBiases(false)
                        .build())
                .add(list -> {
                    NDArray x = list.head();
                    return new NDList(x.get(":, 0").concat(x.get(":, {}", x.size(1) - 1), 1));
                })
                .add(Dropout.builder().build())
                .add(Linear.builder().setUnits(2).build());
    }

    /** Returns LSTNet: convolution, recurrence, and a linear map of the last steps. */
    private static Block longAndShortTerm() {
        Block recurrent = new SequentialBlock()
                .add(list -> new NDList(list.head().transpose(0, 2, 1)))
                .add(Conv1d.builder().setKernelShape(new Shape(3)).setFilters(5).build())
                .add(list -> new NDList(list.head().transpose(0, 2, 1)))
                .add(GRU.builder().setNumLayers(1).setStateSize(6).build())
                .add(list -> new NDList(list.head().get(":, -1")))
                .add(Linear.builder().setUnits(4).build());
        Block line = new SequentialBlock()
                .add(list -> new NDList(list.head().get(":, -3:").transpose(0, 2, 1)))
                .add(Linear.builder().setUnits(1).build())
                .add(list -> new NDList(list.head().squeeze(-1)));
        return new ParallelBlock(
                both -> new NDList(both.get(0).head().add(both.get(1).head())), List.of(recurrent, line));
    }

    @TestFactory
    List<DynamicTest> networksForSequences() {
        ValueInfo source = input("source", dev.jzoo.onnx.DataType.INT64, "batch", "time");
        ValueInfo target = input("target", dev.jzoo.onnx.DataType.INT64, "batch", "steps");
        ValueInfo lengths = input("lengths", dev.jzoo.onnx.DataType.INT64, "batch");
        ValueInfo sentence = input("x", dev.jzoo.onnx.DataType.FLOAT, "batch", "time", 4);
        return new Cases(MANAGER)
                .network(
                        "recurrent network",
                        () -> afterEmbedding(RNN.builder()
                                .setStateSize(WIDTH)
                                .setNumLayers(1)
                                .setActivation(RNN.Activation.TANH)
                                .build()),
                        TOKENS)
                .network(
                        "recurrent network from scratch",
                        RecurrentFromScratch::new,
                        input("tokens", dev.jzoo.onnx.DataType.INT64, "batch", 5))
                .network(
                        "gates from scratch",
                        GatesFromScratch::new,
                        floats("batch", 4),
                        input("state", dev.jzoo.onnx.DataType.FLOAT, "batch", WIDTH))
                .network(
                        "GRU of words",
                        () -> afterEmbedding(GRU.builder()
                                .setStateSize(WIDTH)
                                .setNumLayers(1)
                                .build()),
                        TOKENS)
                .network(
                        "deep LSTM of words",
                        () -> afterEmbedding(LSTM.builder()
                                .setStateSize(WIDTH)
                                .setNumLayers(2)
                                .build()),
                        TOKENS)
                .network("sequence to sequence", SequenceToSequence::new, source, target)
                .network(
                        "additive attention",
                        AdditiveAttention::new,
                        input("query", dev.jzoo.onnx.DataType.FLOAT, "batch", "steps", 4),
                        sentence,
                        lengths)
                .network("multi-head attention with lengths", MultiHead::new, sentence, lengths)
                .network("transformer", Transformer::new, source, target)
                .network("convolution of text", TextConvolution::new, TOKENS)
                .network("bidirectional sentiment", TextbookSequencesTest::bidirectionalClassifier, TOKENS)
                .network(
                        "decomposable attention",
                        DecomposableAttention::new,
                        input("premise", dev.jzoo.onnx.DataType.INT64, "batch", "time"),
                        input("hypothesis", dev.jzoo.onnx.DataType.INT64, "batch", "steps"))
                .network("temporal convolution", TemporalConvolution::new, SERIES)
                .network("long and short term", TextbookSequencesTest::longAndShortTerm, SERIES)
                .tests();
    }
}
